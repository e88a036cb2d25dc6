# -v and --mount: kinds, modes, contents and what inspect says
mkdir h; echo host > h/f; chmod 755 h
docker run --rm -v "$PWD/h:/m:ro" busybox sh -c 'echo x > /m/f'
docker run --rm --mount type=bind,src="$PWD/h",dst=/m,readonly busybox touch /m/y
docker run --rm --mount type=bind,src=h,dst=/m busybox ls /m
docker run --rm --mount type=volume,src=v,dst=/etc busybox ls /etc
docker run --rm --mount type=volume,src=w,dst=/etc,volume-nocopy busybox ls /etc
docker run --rm -v v:/a busybox ls /a
docker run --rm -v w:/etc:nocopy busybox ls /etc
docker run --rm --mount type=tmpfs,dst=/t,tmpfs-size=1m,tmpfs-mode=700 busybox stat -c '%a' /t
docker run --rm --tmpfs /t:mode=1770 busybox stat -c '%a' /t
docker run --rm --tmpfs /t:bogus busybox true
docker run --rm --tmpfs t busybox true
docker run --rm -v relative/path:/m busybox true
docker run --rm -v a:/m -v b:/m busybox true
docker run --rm -v a:/m --mount type=tmpfs,dst=/m busybox true
docker run --rm --mount type=volume busybox true
docker run --rm --mount dst=rel busybox true
docker run --rm --mount type=volume,dst=/m,bogus=1 busybox true
docker run --rm --mount type=volume,dst=/m,readonly=maybe busybox true
docker run --rm --mount type=bind,dst=/m busybox true
docker run --rm --mount type=tmpfs,dst=/m,tmpfs-size=x busybox true
docker run --rm --mount bogus busybox true
docker create --name ii -v v:/v:ro -v "$PWD/h:/h" --mount type=tmpfs,dst=/t --tmpfs /u:size=1m -v /anon busybox > /dev/null
docker inspect -f '{{range .Mounts}}{{.Type}} {{.Destination}} {{.Mode}} {{.RW}}{{println}}{{end}}' ii | sort
docker inspect -f '{{json .HostConfig.Binds}}' ii | sed "s,$PWD,CWD,"
docker inspect -f '{{json .HostConfig.Tmpfs}} {{json .HostConfig.Mounts}} {{json .Config.Volumes}}' ii
docker ps -a --format '{{.LocalVolumes}} {{.Mounts}}' | tr ',' '\n' | wc -l
docker rm -v ii > /dev/null
docker volume ls -q | sort
