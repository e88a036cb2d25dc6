# volumes take over what the image has, and are no part of a commit
printf 'FROM busybox\nRUN mkdir /data && echo first > /data/f && chown 33:33 /data/f\nVOLUME /data\n' | docker build -q -t vol - > /dev/null
docker run --name v1 -v named:/data vol ls -ln /data | tail -1 | cut -c1-30
docker run --rm -v named:/data busybox cat /data/f
docker run --rm -v named:/data busybox sh -c 'echo second > /data/g'
docker run --rm -v named:/data vol ls /data
docker run --rm -v e2:/etc:nocopy busybox ls /etc
docker run --name v2 vol sh -c 'echo more > /data/h; echo kept > /k'
docker commit v2 after > /dev/null
docker run --rm after ls /data /k
docker volume ls -q | wc -l
docker inspect -f '{{range .Mounts}}{{.Type}} {{.Destination}} {{.Driver}} {{.RW}}{{end}}' v2
docker rm -v v2
docker volume ls --format '{{.Name}}' --filter name=named
docker volume rm named
docker rm v1
docker volume rm named
docker volume create --label a=b vv
docker volume create vv
docker volume create 'bad name'
docker volume create -d nosuch x
docker volume inspect vv -f '{{.Labels}} {{.Driver}} {{.Mountpoint}}'
docker volume ls -f label=a=b -q
docker volume ls -f dangling=true -q | sort
docker volume ls -f bogus=1
docker volume rm nosuch
docker volume rm
docker run -d --name holder -v vv:/x busybox sleep 100
docker volume rm vv
docker volume rm -f vv
docker ps -a --filter volume=vv --format '{{.Names}}'
docker run --rm --volumes-from holder busybox sh -c 'echo shared > /x/s'
docker exec holder cat /x/s
docker rm -f holder
docker volume prune -f
docker volume ls -q
docker run --rm -v $PWD/host:/h busybox sh -c 'echo made > /h/f'
docker run --rm -v $PWD/host:/h:ro busybox touch /h/g
docker run --rm --mount type=bind,src=$PWD/host,dst=/m busybox cat /m/f
docker run --rm --tmpfs /t:size=1m,mode=700 busybox stat -c %a /t
