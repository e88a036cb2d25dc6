# in which order a container's end is told
sleep 1.1
since=$(date +%s)
docker run -d --name e3 --network none busybox sleep 1000
docker stop -t 0 e3
docker start e3
docker restart -t 0 e3
docker kill e3
docker wait e3
docker start e3
docker kill -s TERM e3
docker rm -f e3
docker run --rm --name e4 busybox false
docker run -d --name e5 busybox sh -c 'trap "exit 3" TERM; while :; do sleep 0.1; done'
sleep 0.3
docker stop -t 5 e5
docker rm e5
sleep 1
docker events --since $since --until 0s --filter container=e3 --format '{{.Action}} {{.Actor.Attributes.exitCode}} {{.Actor.Attributes.signal}}'
docker events --since $since --until 0s --filter container=e4 --format '{{.Action}} {{.Actor.Attributes.exitCode}}'
docker events --since $since --until 0s --filter container=e5 --format '{{.Action}} {{.Actor.Attributes.exitCode}} {{.Actor.Attributes.signal}}'
