#!/usr/bin/env bash
# Asks the deployed notes and files what its authors asked of theirs, and prints a table for a report. Leaves one note and one file.
# shellcheck disable=SC2317 # not every example calls every part of what they share
set -euo pipefail
usage() {
  cat <<'TEXT'
Usage: check.sh [--load] [stack | URL]
  stack   the one with the outputs, FlaskWeb by default. Needs curl, jq, and the AWS CLI with credentials and the region of the stack.
  URL     asks the site alone and nothing of AWS, such as http://localhost:8080
  --load  keeps the site busy for up to 15 minutes, until it grows; without it, only the history is asked
Environment: UPLOAD_KEY  what the application was given under this name, where it was given one
Exit status: 0 all passed, 1 some did not, 2 could not be asked.
TEXT
}
default_stack=FlaskWeb
# --- From here to the next line like this one every example's check.sh is the same. ---
load='' about=''
for argument in "$@"; do
  case $argument in
    --load) load=yes ;;
    --help | -h) usage; exit 0 ;;
    -* | '') usage >&2; exit 2 ;;
    *) [ -z "$about" ] || { usage >&2; exit 2; }; about=$argument ;;
  esac
done
stack='' url=''
case ${about:-$default_stack} in
  *://*) url=${about%/} ;;
  *) stack=${about:-$default_stack} ;;
esac
for program in curl jq ${stack:+aws}; do
  command -v "$program" >/dev/null || { echo "$program is not installed" >&2; exit 2; }
done

work=$(mktemp -d)
loops=''
finish() {
  # shellcheck disable=SC2086 # one word for each process
  [ -z "$loops" ] || kill $loops 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

asked=0 failed=0 unasked=0
row() { # check, result, seen
  local seen=${3//$'\n'/ }
  printf '| %s | %s | %s |\n' "$1" "$2" "${seen//|/\\|}"
}
ok() { asked=$((asked + 1)); row "$1" ok "$2"; }
bad() { asked=$((asked + 1)); failed=$((failed + 1)); row "$1" FAILED "$2"; }
not_asked() { unasked=$((unasked + 1)); row "$1" 'not asked' "$2"; }
expect() { # check, wanted, seen
  if [ "$2" = "$3" ]; then ok "$1" "$3"; else bad "$1" "wanted ${2:-nothing}, got ${3:-nothing}"; fi
}
expect_text() { # check, what the text has to contain, text
  case $3 in *"$2"*) ok "$1" "$2" ;; *) bad "$1" "no '$2' in: $(head -c 100 <<<"$3")" ;; esac
}
finish_table() { # what was checked
  echo
  echo "$((asked - failed)) of $asked passed, $unasked not asked: $1, $(date -u +%Y-%m-%dT%H:%M:%SZ)"
  [ "$failed" -eq 0 ] || exit 1
  exit 0
}

from_aws() { aws "$@" --output json || { echo "aws $1 $2 failed, and without its answer nothing can be said" >&2; exit 2; }; }
output() { # name of an output of the stack
  jq -er --arg name "$1" '.Stacks[0].Outputs[]? | select(.OutputKey == $name) | .OutputValue' "$work/stack" \
    || { echo "the stack $stack has no output $1" >&2; exit 2; }
}
resources() { # type: the physical ids of the stack's resources
  jq -r --arg type "$1" '.StackResourceSummaries[] | select(.ResourceType == $type) | .PhysicalResourceId' "$work/resources"
}
read_stack() {
  [ -n "$stack" ] || return 0
  from_aws cloudformation describe-stacks --stack-name "$stack" >"$work/stack"
  from_aws cloudformation list-stack-resources --stack-name "$stack" >"$work/resources"
  url=$(output Url)
  url=${url%/}
}

# A new connection for each request: the load balancer sends them to its targets in turn. What fails yields nothing.
page() { curl --silent --show-error --fail --max-time 20 "$@" 2>"$work/error" || true; }
why() { head -n 1 "$work/error" 2>/dev/null || true; }
status() { curl --silent --max-time 20 --output /dev/null --write-out '%{http_code}' "$@" || true; }

check_entrance() { # URL: is visited over TLS alone, and answers
  local host=${1#*://}
  case $1 in
    https://*)
      local wanted="301 https://$host:443/" seen
      seen=$(curl --silent --max-time 20 --output /dev/null --write-out '%{http_code} %{redirect_url}' "http://$host/" || true)
      case $seen in "301 https://$host/") wanted=$seen ;; esac # a distribution leaves the port out
      expect "port 80 of $host is sent to 443 for good" "$wanted" "$seen"
      # curl refuses a certificate that is not trusted, out of date or made for another name.
      if curl --silent --show-error --max-time 20 --output /dev/null "$1/health" 2>"$work/error"; then
        ok "the certificate of $host is good" 'trusted, in date, made for this name'
      else
        bad "the certificate of $host is good" "$(why)"
      fi ;;
    *)
      not_asked "port 80 of $host is sent to 443 for good" 'plain HTTP by choice'
      not_asked "the certificate of $host is good" 'plain HTTP by choice' ;;
  esac
  expect "$host answers its health check" 200 "$(status "$1/health")"
}

check_targets() { # what it serves, target group, how many targets and zones at least
  local health healthy zones count zone_count
  health=$(from_aws elbv2 describe-target-health --target-group-arn "$2")
  healthy=$(jq '[.TargetHealthDescriptions[] | select(.TargetHealth.State == "healthy") | .Target]' <<<"$health")
  count=$(jq length <<<"$healthy")
  zones=$(jq -r '[.[].AvailabilityZone // empty] | unique | join(" ")' <<<"$healthy")
  local instances
  instances=$(jq -r '[.[].Id | select(startswith("i-"))] | unique | join(" ")' <<<"$healthy")
  if [ -n "$instances" ]; then
    # shellcheck disable=SC2086 # one word for each instance
    zones=$(from_aws ec2 describe-instances --instance-ids $instances | jq -r '[.Reservations[].Instances[].Placement.AvailabilityZone] | unique | join(" ")')
  fi
  zone_count=$(wc -w <<<"$zones")
  local seen
  seen="$count healthy in ${zones:-no zone}"
  local others
  others=$(jq -r '[.TargetHealthDescriptions[].TargetHealth | select(.State != "healthy") | .Reason // .State] | unique | join(", ")' <<<"$health")
  [ -z "$others" ] || seen="$seen; others: $others"
  if [ "$count" -ge "$3" ] && [ "$zone_count" -ge "$3" ]; then ok "$1: healthy targets, zones: $3 or more" "$seen"; else bad "$1: healthy targets, zones: $3 or more" "$seen"; fi
}

check_service() { # what it is, ARN of the ECS service, how many tasks at least
  local cluster=${2#*:service/} counts
  cluster=${cluster%/*}
  counts=$(from_aws ecs describe-services --cluster "$cluster" --services "$2" | jq -r '.services[0] | "\(.runningCount) of \(.desiredCount)"')
  if [ "${counts%% *}" = "${counts##* }" ] && [ "${counts##* }" -ge "$3" ]; then
    ok "$1: tasks that run, $3 or more" "$counts"
  else
    bad "$1: tasks that run, $3 or more" "$counts"
  fi
}

# ECS service or Auto Scaling group: how many there are, how far they may grow, and whether they ever did.
wanted_copies() {
  case $1 in
    arn:*) local cluster=${1#*:service/}; from_aws ecs describe-services --cluster "${cluster%/*}" --services "$1" | jq '.services[0].desiredCount' ;;
    *) from_aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names "$1" | jq '.AutoScalingGroups[0].DesiredCapacity' ;;
  esac
}
scaling_limits() {
  case $1 in
    arn:*)
      from_aws application-autoscaling describe-scalable-targets --service-namespace ecs --resource-ids "service/${1#*:service/}" \
        | jq -r '.ScalableTargets[0] // empty | "\(.MinCapacity) to \(.MaxCapacity)"' ;;
    *) from_aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names "$1" | jq -r '.AutoScalingGroups[0] | "\(.MinSize) to \(.MaxSize)"' ;;
  esac
}
scaling_policies() {
  case $1 in
    arn:*)
      from_aws application-autoscaling describe-scaling-policies --service-namespace ecs --resource-id "service/${1#*:service/}" | jq -r '
        [.ScalingPolicies[].TargetTrackingScalingPolicyConfiguration
          | "\(.PredefinedMetricSpecification.PredefinedMetricType // "own metric") \(.TargetValue)"] | join(", ")' ;;
    *)
      from_aws autoscaling describe-policies --auto-scaling-group-name "$1" | jq -r '
        [.ScalingPolicies[].TargetTrackingConfiguration // empty
          | "\(.PredefinedMetricSpecification.PredefinedMetricType // "own metric") \(.TargetValue)"] | join(", ")' ;;
  esac
}
scaling_history() { # the latest time that an alarm made it grow or shrink
  case $1 in
    arn:*)
      from_aws application-autoscaling describe-scaling-activities --service-namespace ecs --resource-id "service/${1#*:service/}" | jq -r '
        [.ScalingActivities[] | select(.StatusCode == "Successful")][0] // empty | "\(.StartTime): \(.Description)"' ;;
    *)
      from_aws autoscaling describe-scaling-activities --auto-scaling-group-name "$1" | jq -r '
        [.Activities[] | select(.StatusCode == "Successful" and (.Cause | contains("triggered policy")))][0] // empty | "\(.StartTime): \(.Description)"' ;;
  esac
}
check_scaling() { # what it is, service or group, URL that keeps it busy
  local limits policies history before now minute
  limits=$(scaling_limits "$2")
  policies=$(scaling_policies "$2")
  if [ -n "$limits" ] && [ -n "$policies" ] && [ "${limits%% *}" -lt "${limits##* }" ]; then
    ok "$1: may grow" "$limits by $policies"
  else
    bad "$1: may grow" "${limits:-no limits}, ${policies:-no policy}"
  fi
  if [ -z "$load" ]; then
    history=$(scaling_history "$2")
    if [ -n "$history" ]; then ok "$1: scaling seen" "$history"; else not_asked "$1: scaling seen" 'not yet; --load makes it grow'; fi
    return
  fi
  before=$(wanted_copies "$2")
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
    while :; do curl --silent --max-time 60 --output /dev/null "$3" || sleep 1; done &
    loops="$loops $!"
  done
  now=$before
  for minute in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    sleep 60
    now=$(wanted_copies "$2")
    [ "$now" -le "$before" ] || break
  done
  # shellcheck disable=SC2086 # one word for each process
  kill $loops 2>/dev/null || true
  # shellcheck disable=SC2086
  wait $loops 2>/dev/null || true
  loops=''
  if [ "$now" -gt "$before" ]; then
    ok "$1: scaling seen" "from $before to $now after $minute minutes of load"
  else
    bad "$1: scaling seen" "still $now after $minute minutes of load"
  fi
}

check_copies() { # how many at least, the hosts that answered, one a line
  local hosts count
  hosts=$(grep -v '^$' <<<"$2" | sort -u | tr '\n' ' ' || true)
  count=$(wc -w <<<"$hosts" | tr -d ' ')
  if [ "$count" -ge "$1" ]; then ok "copies that answer: $1 or more" "$hosts"; else bad "copies that answer: $1 or more" "${hosts:-none}"; fi
}

read_stack
echo '| Check | Result | Seen |'
echo '| --- | --- | --- |'
# --- To here. ---

heading='<h1>Notes</h1>'
check_entrance "$url"
expect_text 'a browser gets a page' "$heading" "$(page --header 'Accept: text/html' "$url/")"
# In a file: a key among the arguments of a program is read by everybody on this machine.
: >"$work/key"
[ -z "${UPLOAD_KEY:-}" ] || printf 'header = "X-Upload-Key: %s"\n' "$UPLOAD_KEY" >"$work/key"
write() { page --config "$work/key" "$@"; }
title="A check of $(date -u +%s)-$$"
head -c 100000 /dev/urandom >"$work/file"
write --form-string "text=$title" "$url/notes" >/dev/null
expect_text 'a row survives in the database' "$title" "$(page "$url/")"
name=$(write --form "file=@$work/file;filename=check.bin" "$url/files" | jq -r '.name // empty' 2>/dev/null || true)
folder=files

same=0 hosts=''
for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do
  [ -n "$name" ] || break
  page --dump-header "$work/headers" "$url/$folder/$name" >"$work/received"
  if cmp -s "$work/received" "$work/file"; then
    same=$((same + 1))
    hosts="$hosts$(sed -n 's/^[Xx]-[Ss]erved-[Bb]y: *//p' "$work/headers" | tr -d '\r')"$'\n'
  fi
done
expect 'every copy hands out the file' '12 of 12 times' "$same of 12 times"

if [ -z "$stack" ]; then
  check_copies 1 "$hosts"
  finish_table "$url"
fi
check_copies 2 "$hosts"
# On an Auto Scaling group, or with -c form=ecs as a service.
copies=$(resources AWS::AutoScaling::AutoScalingGroup)
[ -n "$copies" ] || copies=$(resources AWS::ECS::Service)
case $copies in arn:*) check_service 'the application' "$copies" 2 ;; esac
check_targets 'the application' "$(resources AWS::ElasticLoadBalancingV2::TargetGroup | head -n 1)" 2
check_scaling 'the application' "$copies" "$url/"
finish_table "$url"
