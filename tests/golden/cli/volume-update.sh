# a volume of a cluster could be updated
docker volume update
docker volume update v1
docker volume create v1
docker volume update v1
docker volume update --availability drain v1
docker volume update --availability nosuch v1
docker volume rm v1
