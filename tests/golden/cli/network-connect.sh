# containers on networks
docker network create --subnet 10.77.0.0/24 one
docker network create --internal two
docker run -d --name aa --network one busybox sleep 100
docker inspect -f '{{range $k, $v := .NetworkSettings.Networks}}{{$k}} {{$v.IPAddress}} {{$v.Aliases}} {{$v.IPPrefixLen}} ;{{end}}' aa
docker network connect two aa
docker network connect two aa
docker network connect nosuch aa
docker network connect one nosuch
docker inspect -f '{{range $k, $v := .NetworkSettings.Networks}}{{$k}};{{end}}' aa
docker ps --filter network=two --format '{{.Names}}'
docker network inspect -f '{{range .Containers}}{{.Name}} {{.IPv4Address}}{{end}}' one
docker network rm one
docker network disconnect one aa
docker network disconnect one aa
docker network rm one
docker network prune -f
docker rm -f aa
docker network prune -f
docker network prune --force
docker run --rm --network gone busybox true
docker network ls --format '{{.Name}}'
docker run --rm --network none busybox hostname -i
docker create --name bb --network bridge busybox
docker network disconnect bridge bb
docker inspect -f '{{json .HostConfig.NetworkMode}} {{json .NetworkSettings.Networks}}' bb
docker network connect host bb
docker rm bb
