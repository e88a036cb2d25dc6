# plugins, and all that needs a swarm, where there is none
docker plugin ls
docker plugin ls -q
docker plugin inspect nosuch
docker plugin
docker plugin nosuch
docker plugin rm nosuch
docker plugin disable nosuch
docker swarm join-token worker
docker swarm
docker swarm unlock-key
docker swarm ca
docker swarm leave
docker node ls
docker node inspect self
docker node ps
docker service ls
docker service create busybox
docker service inspect x
docker service ps x
docker service rm x
docker service logs x
docker service scale x=2
docker stack ls
docker stack ps x
docker stack services x
docker stack rm x
docker secret ls
docker secret inspect a
docker config ls
docker config inspect a
docker config rm a
docker service
docker service nosuch
docker node nosuch
docker swarm init --nosuch
docker node ls extra
