# networks made, told and removed
docker network create web
docker network create --driver bridge --label tier=front --subnet 10.5.0.0/16 --gateway 10.5.0.1 shop
docker network ls --format '{{.Name}} {{.Driver}} {{.Scope}} {{.Internal}} {{.Labels}}'
docker network ls -q --filter name=shop
docker network ls --filter driver=bridge --filter type=custom --format '{{.Name}}'
docker network ls --filter label=tier --format '{{.Name}}'
docker network ls --filter label=tier=back --format '{{.Name}}'
docker network inspect shop
docker network inspect -f '{{.Name}} {{range .IPAM.Config}}{{len .Gateway}}{{end}} {{range $k, $v := .Containers}}{{$k}}{{end}}' shop
docker network create web
docker network create --driver nosuch x
docker network create
docker network create a b
docker network create --subnet bogus y
docker network create --subnet 10.5.128.0/24 overlaps
docker network create host
docker network create 'bad name'
docker network rm web shop nosuch
docker network rm bridge
docker network inspect web
docker network inspect web shop bridge -f '{{.Name}}'
