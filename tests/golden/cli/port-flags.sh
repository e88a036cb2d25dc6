# ports: ranges, addresses, protocols, and what cannot be right
docker create --name po -p 8080:80 -p 9000-9001:9000-9001 -p 127.0.0.1::53/udp -P --expose 77 busybox true
docker inspect -f '{{json .HostConfig.PortBindings}} {{.HostConfig.PublishAllPorts}} {{json .Config.ExposedPorts}}' po
docker port po
docker port po 80
docker port nosuch
docker port po 99
docker port po 80/bogus
docker ps -a --format '{{.Ports}}'
docker create -p 1:2:3 busybox
docker create -p a:80 busybox
docker create -p 80/bogus busybox
docker create -p '' busybox
docker create --expose bogus busybox
docker create -p 90-80:80 busybox
docker rm po
