# the details that --log-opt keeps with each line
docker run --name l1 --network none busybox echo hello
docker logs --details l1
docker logs --details -t l1
docker run --name l2 --network none --log-opt labels=a -l a=1 -e X=2 --log-opt env=X busybox sh -c 'echo hello; sleep 0.2; echo err >&2; sleep 0.2; printf "\nlast"'
docker logs --details l2
docker run --name l3 --log-opt env=A -e "A=a b&é*" busybox echo x
docker logs --details l3
docker logs --details l3 extra
docker rm l1 l2 l3
