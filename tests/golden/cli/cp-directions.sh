# docker cp both ways
docker run -d --name cc busybox sleep 1000
mkdir -p dir/sub
echo one > dir/a
echo two > dir/sub/b
docker cp dir cc:/
docker cp dir/. cc:/tmp
docker exec cc ls /tmp
docker cp dir cc:/new
docker cp dir/a cc:/etc/
docker exec cc cat /etc/a
docker cp dir/a cc:/nosuch/
docker cp dir/a cc:/nosuch/x
docker cp nosuch cc:/
docker cp cc:/nosuch .
docker cp cc:/dir/a .
cat a
docker cp cc:/dir out
find out | sort
docker cp cc:/dir/. out2
docker cp cc:/dir/a out/a/
docker cp cc:/dir dir/a
docker cp -q dir/a cc:/q
docker cp nosuch:/x .
docker cp . .
docker cp cc:/a cc:/b
docker cp
docker cp cc:a b
tar cf t.tar dir
docker cp - cc:/var < t.tar
docker cp -a dir cc:/arch
docker cp -L dir/a cc:/l
docker exec cc ln -s /dir/a /lnk
docker cp cc:/lnk .
ls -l lnk | cut -c1
docker cp -L cc:/lnk lnk2
cat lnk2
docker rm -f cc
docker create --name c2 busybox
docker cp dir/a c2:/made
docker cp c2:/made - | tar tf -
docker diff c2
docker rm c2
