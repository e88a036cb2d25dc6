# exit codes 125, 126, 127, 137 and 143
docker run --rm busybox sh -c 'exit 42'
docker run --rm busybox /nosuch
docker run --rm busybox /etc
docker run --rm --nosuchflag busybox
docker run --name kk -d busybox sleep 1000
docker kill kk
docker wait kk
docker inspect -f '{{.State.ExitCode}} {{.State.OOMKilled}} {{.State.Status}} {{.State.Error}}' kk
docker start kk
docker kill -s TERM kk
docker kill -s BOGUS kk
docker kill -s 99 kk
docker stop -t 0 kk
docker inspect -f '{{.State.ExitCode}}' kk
docker kill kk
docker stop kk
docker stop nosuch
docker restart -t 0 kk
docker pause kk
docker ps --format '{{.Names}} {{.State}}'
docker pause kk
docker exec kk true
docker stop -t 0 kk
docker unpause kk
docker start nosuch kk
docker exec kk sh -c 'exit 9'
docker exec kk nosuch
docker exec kk /etc
docker exec -w /nosuch kk pwd
docker exec -u nosuch kk true
docker exec -e A=1 kk sh -c 'echo $A'
docker exec -d kk touch /detached
sleep 1
docker exec kk ls /detached
docker exec nosuch true
docker exec kk
docker exec -it kk true < /dev/null
docker rm kk
docker rm -f kk
docker create --name bad busybox /nosuch
docker start bad
docker start -a bad
docker inspect -f '{{.State.ExitCode}} {{.State.Status}}' bad
docker ps -a --filter status=created --format '{{.Names}}'
docker logs bad
docker rm bad
docker run --rm -t busybox sh -c 'test -t 1 && echo tty'
docker run --name rr busybox sh -c 'exit 5'
docker start -a rr
docker restart rr
docker rm rr
