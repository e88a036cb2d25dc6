# names: what is allowed, taken, and what rename says
docker create --name one busybox true > /dev/null
docker create --name two busybox true > /dev/null
docker rename one two
docker rename one one
docker rename one ''
docker rename one /three
docker ps -a --format '{{.Names}}'
docker rename /three four
docker rename four 'a b'
docker rename four aa
docker rename four .x
docker rename four 4x-._
docker ps -a --format '{{.Names}}'
docker rename nosuch x
docker rename 4x-._ two
docker create --name two busybox
docker create --name /two busybox
docker create --name aa busybox
docker create --name '' busybox > id && echo made
docker rm $(cat id) > /dev/null
docker inspect -f '{{.Name}}' /two
docker rename
docker rename aa b c
docker rm /two 4x-._
docker rm ''
docker rm
