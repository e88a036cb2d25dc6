# what happened, told afterwards
sleep 1.1
since=$(date +%s)
docker run --name e1 --label a=b busybox true
docker rename e1 e2
docker rm e2
docker tag busybox t1
docker rmi t1
docker volume create v1
docker volume rm v1
sleep 1
docker events --since $since --until 0s --filter type=container --format '{{.Type}} {{.Action}} {{.Actor.Attributes.name}}'
docker events --since $since --until 0s --filter event=die --format '{{.Action}} {{.Actor.Attributes.exitCode}} {{index .Actor.Attributes "a"}}'
docker events --since $since --until 0s --filter container=e2 --format '{{.Action}}'
docker events --since $since --until 0s --filter image=busybox --filter type=image --format '{{.Action}}'
docker events --since $since --until 0s --filter label=a=b --format '{{.Action}}'
docker events --since $since --until 0s --filter volume=v1 --format '{{.Type}} {{.Action}}'
docker events --since $since --until 0s --filter type=volume --format '{{json .Actor.Attributes}}'
docker events --since $since --until 0s --filter type=bogus
docker events --since bogus --until 0s
docker events --since $since --until bogus
docker events --since $since --until 0s --filter type=image --format '{{.Action}} {{.Actor.Attributes.name}} {{.Scope}}'
docker events --since $since --until 0s --format '{{.Nosuch}}'
docker events --since $since --until 0s --filter type=network --format '{{.Action}} {{.Actor.Attributes.name}} {{.Actor.Attributes.type}}'
docker events --since $since --until 0s --filter event=create --filter event=destroy --filter type=container --format '{{.Action}}'
docker events extra
