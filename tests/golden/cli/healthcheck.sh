# health checks run and are shown
docker run -d --name hh --health-cmd 'test -f /ok' --health-interval 1s --health-retries 2 --health-timeout 5s busybox sh -c 'sleep 2; touch /ok; sleep 100'
docker inspect -f '{{.State.Health.Status}} {{.State.Health.FailingStreak}} {{json .State.Health.Log}}' hh
docker ps --format '{{.Names}} {{.Status}}'
sleep 5
docker ps --format '{{.Names}} {{.Status}}'
docker inspect -f '{{.State.Health.Status}} {{.State.Health.FailingStreak}} {{(index .State.Health.Log 0).ExitCode}}' hh
docker exec hh rm /ok
sleep 4
docker ps --filter health=unhealthy --format '{{.Names}}'
docker ps --filter health=healthy --format '{{.Names}}'
docker inspect -f '{{json .Config.Healthcheck}}' hh
docker rm -f hh
docker run -d --name nn --no-healthcheck busybox sleep 100
docker inspect -f '{{json .Config.Healthcheck}} {{json .State.Health}}' nn
docker ps --filter health=none --format '{{.Names}} {{.Status}}'
docker rm -f nn
docker run --rm --health-interval 1ms busybox true
docker run --rm --health-cmd true --no-healthcheck busybox true
docker run --rm --health-retries=-1 busybox true
printf 'FROM busybox\nHEALTHCHECK --interval=1s --timeout=3s CMD echo fine\nCMD sleep 100\n' | docker build -q -t hc -
docker run -d --name ii hc
sleep 3
docker inspect -f '{{.State.Health.Status}} {{(index .State.Health.Log 0).Output}}' ii
docker rm -f ii
