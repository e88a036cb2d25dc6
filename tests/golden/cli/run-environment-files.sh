# -e and --env-file, --label-file, names and values of all kinds
export FROMHOST=yes
printf 'A=1\nB="quoted"\nC=a=b\n#D=4\n\nFROMHOST\nNOTSET\nE= x\n  F=6\nG=\n' > ok
docker run --rm --env-file ok busybox sh -c 'env | grep -E "^[A-Z]=|FROMHOST|NOTSET" | sort'
printf 'A B=1\n' > bad1; docker run --rm --env-file bad1 busybox true
printf '=x\n' > bad2; docker run --rm --env-file bad2 busybox true
printf '\357\273\277A=bom\n' > bom; docker run --rm --env-file bom busybox sh -c 'echo $A'
printf 'A=\303\050\n' > utf; docker run --rm --env-file utf busybox true
docker run --rm --env-file ok -e A=cli busybox sh -c 'echo $A'
docker run --rm -e A=1 -e A=2 busybox sh -c 'echo $A'
docker run --rm -e FROMHOST -e NOTSET busybox sh -c 'echo "$FROMHOST ${NOTSET-unset}"'
docker run --rm -e '' busybox true
docker run --rm -e =x busybox true
docker run --rm -e 'A B=1' busybox sh -c 'env | grep "A B"'
docker run --rm -e PATH=/nothing busybox echo hi
docker run --rm -e HOME=/h busybox sh -c 'echo $HOME'
docker run --rm -u nobody busybox sh -c 'echo $HOME'
docker run --rm -h name busybox sh -c 'echo $HOSTNAME'
docker run --rm -t busybox sh -c 'echo $TERM'
printf 'a=1\nb\n# no\n' > lab
docker create --name ll --label-file lab -l c= -l d busybox > /dev/null
docker inspect -f '{{json .Config.Labels}}' ll
docker create -l '' busybox
docker create -l =v busybox
docker create --label-file none busybox
docker rm ll > /dev/null
