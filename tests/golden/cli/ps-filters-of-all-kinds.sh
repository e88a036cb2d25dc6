# ps with every filter, sorting, sizes and templates; container prune
docker create --name p1 --label env=dev busybox true
docker run --name p2 --label env=prod busybox sh -c 'exit 3'
docker run -d --name p3 --label env=prod --network none busybox sleep 100
docker run --name p4 -v vol4:/x busybox true
docker ps -aq | wc -l
docker ps -a --filter status=created --format '{{.Names}}'
docker ps -a --filter status=exited --filter exited=3 --format '{{.Names}} {{.Status}}'
docker ps -a --filter label=env=prod --format '{{.Names}}'
docker ps -a --filter label=env --filter name=p1 --format '{{.Names}}'
docker ps -a --filter name=^/p --format '{{.Names}}'
docker ps -a --filter name='p[34]' --format '{{.Names}}'
docker ps -a --filter before=p3 --format '{{.Names}}'
docker ps -a --filter since=p2 --format '{{.Names}}'
docker ps -a --filter ancestor=busybox --format '{{.Names}}'
docker ps -a --filter ancestor=nosuch --format '{{.Names}}'
docker ps -a --filter volume=vol4 --format '{{.Names}}'
docker ps -a --filter volume=/x --format '{{.Names}}'
docker ps -a --filter network=none --format '{{.Names}}'
docker ps -a --filter status=bogus
docker ps -a --filter exited=x
docker ps -a --filter bogus=1
docker ps -a --filter id=$(docker ps -lq) --format '{{.Names}}'
docker ps -a --filter health=none --format '{{.Names}}'
docker ps -a --filter health=bogus
docker ps -a --filter publish=80
docker ps -a --filter is-task=true
docker ps -n 2 --format '{{.Names}}'
docker ps -l --format '{{.Names}} {{.RunningFor}}'
docker ps -s --format '{{.Names}} {{.Size}}'
docker ps -a --format 'table {{.Names}}\t{{.Image}}\t{{.State}}\t{{.Networks}}'
docker ps -a --no-trunc --format '{{.Command}}'
docker ps -a --sort name
docker container ls -a -q --no-trunc | wc -l
docker container list --filter name=p3 --format '{{.Names}} {{.Ports}} {{.Mounts}} {{.LocalVolumes}}'
docker container prune --filter label=env=prod -f | grep -c .
docker container prune --filter until=bogus -f
echo n | docker container prune
docker container prune -f | tail -n 1
docker rm -f p3
docker container
docker container nosuch
