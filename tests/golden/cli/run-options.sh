# options of docker run that change what runs
docker run --rm --read-only busybox touch /x
docker run --rm --read-only --tmpfs /tmp busybox sh -c 'touch /tmp/x && echo ok'
docker run --rm --user 1000:1000 busybox id
docker run --rm --user nobody busybox id
docker run --rm --user nosuch busybox id
docker run --rm --group-add 7 busybox id
docker run --rm --hostname box busybox hostname
docker run --rm -w /does/not/exist busybox pwd
docker run --rm -w relative busybox pwd
docker run --rm --ulimit bogus=1 busybox true
docker run --rm --ulimit nofile=200:100 busybox true
docker run --rm -m 4m busybox true
docker run --rm -m bogus busybox true
docker run --rm --memory-swap 10m busybox true
docker run --rm -m 20m --memory-swap 10m busybox true
docker run --rm --cpus 0.5 busybox true
docker run --rm --cpus bogus busybox true
docker run --rm --cap-add bogus busybox true
docker run --rm --pids-limit 50 busybox true
docker run --rm --entrypoint echo busybox a b
docker run --rm --entrypoint '' busybox echo c
docker run --rm -e A=1 -e B busybox sh -c 'echo $A-$B'
docker run --rm --env-file nosuch busybox true
docker run --rm --add-host db:10.0.0.1 busybox grep db /etc/hosts
docker run --rm --add-host bogus busybox true
docker run --rm --dns bogus busybox true
docker run --rm --log-driver bogus busybox true
docker run --rm --stop-signal BOGUS busybox true
docker run --rm --sysctl bogus busybox true
docker run --rm --device /nosuch busybox true
docker run --rm --pull never nosuch
docker run --rm --pull bogus busybox
docker run --rm --runtime bogus busybox true
docker run --rm --isolation process busybox true
docker run --rm --gpus all busybox true
docker run --rm --gpus bogus,, busybox true
docker run --rm --mount type=bogus,target=/x busybox true
docker run --rm --mount type=bind,source=/nosuch,target=/x busybox true
docker run --rm --mount target=/x,readonly busybox touch /x/y
docker run --rm --mount type=tmpfs,target=/x,source=y busybox true
docker run --rm -p 80:80:80:80 busybox true
docker run --rm -p bogus busybox true
docker run --rm -p 70000 busybox true
docker run --rm -p 8080-8081:80-82 busybox true
docker run --rm -v /a:/b:/c:/d busybox true
docker run --rm -v a:b busybox true
docker run --rm -v /x:/y:bogus busybox true
docker run --rm -v /x: busybox true
docker run --rm -v x:/y:ro busybox touch /y/z
docker run --rm --volumes-from nosuch busybox true
docker run --rm --link nosuch busybox true
docker run --rm --ip 1.2.3.4 busybox true
docker run --rm --network host --network-alias x busybox true
docker run --rm --name 'bad name' busybox true
docker run --rm --detach --attach stdout busybox true
docker run -d --rm -a stdin busybox true
docker run --rm -a bogus busybox true
docker run --cidfile cid --rm busybox true
docker run --cidfile cid --rm busybox true
docker run
docker run --rm
docker run --nosuch busybox
docker run -Z busybox
docker run --rm busybox nosuch
docker run --rm busybox /etc/passwd
docker run --rm busybox /etc
docker run --rm BUSYBOX true
docker run --rm busybox: true
docker volume ls -q
docker ps -a
