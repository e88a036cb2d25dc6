# what is refused before the container is looked for, and what only afterwards
docker kill -s 99 nope
docker update --memory 1k nope
docker update --cpus 0.5 --cpu-period 100 nope
docker logs --since bogus nope
docker create --name box busybox top > /dev/null
docker stop -s BOGUS box
docker restart -s BOGUS nope
docker kill -s BOGUS box
docker logs --since bogus box
docker rm box
