# volumes: options, filters, templates, mounts of all spellings, prune
docker volume create --driver local --opt type=tmpfs --opt device=tmpfs --opt o=size=1m --label use=cache cache
docker volume inspect cache -f '{{json .Options}} {{json .Labels}}'
docker volume create data1
docker volume create
docker volume ls -f name=ata
docker volume ls -f driver=local -q | wc -l
docker volume ls -f driver=other
docker volume ls -f label=use -q
docker volume ls -f label!=use -q
docker volume ls --format 'table {{.Name}}\t{{.Driver}}' -f name=data1
docker volume ls --format '{{.Label "use"}}' -f name=cache
docker volume create data1 data2
docker volume create --label other=1 data1
docker volume create -o bogus=1 badopt
docker run --rm -v data1:/d busybox sh -c 'echo kept > /d/k; ls -ld /d | cut -c1-10'
docker run --rm -v data1:/d:ro busybox cat /d/k
docker run --rm --mount source=data1,destination=/e,readonly busybox sh -c 'cat /e/k; echo x > /e/y'
docker run --rm --mount type=volume,src=data1,target=/e,volume-nocopy busybox ls /e
docker run --rm --mount type=volume,target=/e,bogus=1 busybox ls /e
docker run --name h1 -v /anon -v data1:/d busybox true
docker inspect -f '{{range .Mounts}}{{.Type}} {{.Destination}} {{.Mode}} {{.RW}} {{.Propagation}};{{end}}' h1
docker inspect -f '{{json .HostConfig.Binds}} {{json .Config.Volumes}}' h1
docker volume rm data1 nosuch
docker volume rm -f nosuch
docker rm -v h1
docker volume prune < /dev/null
echo y | docker volume prune
docker volume prune -af --filter label=use
docker volume prune -a -f
docker volume prune --filter bogus=1 -f
docker volume inspect nosuch
docker volume
docker volume nosuch
