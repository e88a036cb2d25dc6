# cp of paths that end like a directory's, of directories that are not there, and of what is no archive
docker create --name cc --network none busybox > /dev/null
mkdir -p src/d; echo 1 > src/f; echo 2 > src/d/g
docker cp cc: .
docker cp cc: -
docker cp - cc:/ < src/f
head -c 2000 /dev/zero | tr '\0' x > junk; docker cp - cc:/ < junk
docker cp - cc:/ < /dev/null
docker cp - cc:/nosuch < junk
docker cp cc:/etc/passwd none/x
docker cp cc:/etc/passwd none/x/
docker cp cc:/etc/passwd src/f/x
docker cp cc:/etc/passwd src/
docker cp cc:/etc/passwd src/d/.
docker cp cc:/etc none/x
docker cp nosuch:/etc none/x
docker cp cc:/etc/passwd /dev/null/x
docker cp cc:/etc/passwd/ .
docker cp cc:/etc/passwd/. .
docker cp cc:/etc/nothing/ .
docker cp src/f cc:/etc/passwd/x
docker cp cc:/var/www/. www; ls -d www
docker cp cc:etc/../etc/group g2; wc -l < g2
docker rmi ''
docker rmi -f ''
docker rm cc
