# what rmi refuses, untags and deletes: parents, containers that stand or run, several names
printf 'FROM busybox\nRUN echo p > /p\n' | docker build -q -t parent:1 - > /dev/null
printf 'FROM parent:1\nRUN echo c > /c\n' | docker build -q -t child:1 - > /dev/null
docker rmi parent:1
docker images --format '{{.Repository}}:{{.Tag}}' | sort
docker create --name uses child:1
docker rmi child:1
docker rmi -f child:1
docker ps -a --format '{{.Names}} {{.Image}}'
docker rm uses
docker tag busybox x:1
docker tag busybox x:2
docker rmi $(docker images -q x:1)
docker rmi x:1 x:2 x:3
docker run -d --name live busybox sleep 100
docker rmi busybox
docker rmi -f busybox
docker rmi -f $(docker inspect -f '{{.Image}}' live)
docker rm -f live
docker rmi --no-prune nosuch
docker rmi sha256:0000000000000000000000000000000000000000000000000000000000000000
docker rmi 'Bad!'
docker rmi -z
docker image rm
docker image remove nosuch
docker images -a --format '{{.Repository}}:{{.Tag}}'
