# what inspect tells of networks
docker network create --subnet 10.66.0.0/16 --gateway 10.66.0.1 net1
docker create --name aa --network net1 --network-alias db --network-alias sql busybox sleep 100
docker start aa
docker inspect -f '{{json .HostConfig.NetworkMode}}' aa
docker network inspect net1
docker run -d --name bb --network bridge --ip 172.18.0.9 busybox sleep 100
docker network create --subnet 10.9.0.0/24 --ip-range 10.9.0.128/25 --gateway 10.9.0.1 --opt com.docker.network.bridge.name=xx --attachable --ipv6=false net2
docker run -d --name bb --network net2 --ip 10.9.0.9 busybox sleep 100
docker inspect -f '{{json .NetworkSettings.Networks}}' bb
docker network connect --alias other --ip 10.9.0.50 net2 aa
docker network connect --ip 10.9.0.50 net2 bb
docker network inspect -f '{{len .Containers}} {{json .IPAM}} {{json .Options}} {{.Attachable}}' net2
docker stop -t 0 bb
docker run -d --name cc busybox sleep 100
docker ps -a --format '{{.Names}}'
docker run --rm --network net1 busybox hostname -i
docker network disconnect -f net2 aa
docker network rm net1
docker rm -f aa bb cc
docker network ls -f dangling=true --format '{{.Name}}'
docker network ls -f dangling=bogus
docker network ls -f bogus=1
docker network ls --no-trunc -f name=net1
docker network ls -f scope=local -f driver=host
docker network rm -f nosuch
docker network rm nosuch
docker network rm
docker network prune -f --filter until=1h
docker network prune -f --filter label=x
docker network prune -f --filter bogus=1
docker network connect
docker network disconnect a b c
docker run -d --name dd --network host busybox sleep 100
docker network connect bridge dd
docker rm -f dd
docker run --rm --network container:nosuch busybox true
docker run --rm --network none busybox hostname -i
docker network rm net1 net2
