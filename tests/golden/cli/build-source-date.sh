# times of an image are the source date; what the base brings keeps its own
printf 'FROM busybox\nWORKDIR /w\nCOPY a /a\nRUN echo 1 > /r\nLABEL a=b\n' > Dockerfile; echo 1 > a
docker build -q -t dated --build-arg SOURCE_DATE_EPOCH=1000000000 . > /dev/null
docker inspect -f '{{.Created | printf "%.11s"}}' dated
docker history --no-trunc --format '{{printf "%.10s" .CreatedAt}} {{.CreatedBy}}' dated | head -n 4
SOURCE_DATE_EPOCH=1200000000 docker build -q -t fromenv . > /dev/null
docker history --no-trunc --format '{{printf "%.10s" .CreatedAt}} {{.CreatedBy}}' fromenv | head -n 4
SOURCE_DATE_EPOCH=1200000000 docker build -q --build-arg SOURCE_DATE_EPOCH=1000000000 -t both . > /dev/null
docker history --format '{{printf "%.10s" .CreatedAt}}' both | head -n 1
docker build -q -t wrong --build-arg SOURCE_DATE_EPOCH=abc .
docker build -q -t frac --build-arg SOURCE_DATE_EPOCH=1.5 .
docker build -q -t early --build-arg SOURCE_DATE_EPOCH=0 . > /dev/null
docker history --format '{{printf "%.10s" .CreatedAt}}' early | head -n 1
docker build -q -t one --build-arg SOURCE_DATE_EPOCH=1000000000 . > /dev/null
docker build -q -t none --build-arg SOURCE_DATE_EPOCH= . > /dev/null && docker history --format '{{.CreatedSince}}' none | head -n 1
printf 'FROM busybox\nARG SOURCE_DATE_EPOCH\nRUN echo "$SOURCE_DATE_EPOCH" > /e && cat /e\nLABEL e=$SOURCE_DATE_EPOCH\n' > Dockerfile.arg
docker build -q -f Dockerfile.arg -t arg --build-arg SOURCE_DATE_EPOCH=1000000000 . > /dev/null
docker inspect -f '{{json .Config.Labels}}' arg
