# -e NAME without a value takes the terminal's, or unsets the image's; the name stays in the configuration
printf 'FROM busybox\nENV KEEP=1 GONE=2\n' | docker build -q -t img - > /dev/null
docker create --name box -e NEW -e GONE -e KEEP=3 img env > /dev/null
docker inspect -f '{{json .Config.Env}}' box
docker start -a box | sort | grep -v HOSTNAME
docker commit box committed > /dev/null
docker inspect -f '{{json .Config.Env}}' committed
docker run --rm committed sh -c 'env | grep -c GONE'
GONE=4 docker run --rm -e GONE img sh -c 'echo $GONE'
docker rm box
