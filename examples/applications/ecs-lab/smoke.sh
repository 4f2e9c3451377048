#!/usr/bin/env bash
# After `npx cdk deploy`: does the lab do what it promises? Needs the AWS CLI with the account's credentials, curl and jq.
# Usage: smoke.sh [stack]   The stack is the one with the outputs, LabWeb by default.
set -euo pipefail

stack=${1:-LabWeb}
outputs=$(aws cloudformation describe-stacks --stack-name "$stack" --query 'Stacks[0].Outputs' --output json)
failures=0

output() {
  jq -er --arg name "$1" '.[] | select(.OutputKey == $name) | .OutputValue' <<<"$outputs" \
    || { echo "the stack $stack has no output $1" >&2; exit 2; }
}

expect() { # what, wanted, got
  if [ "$2" = "$3" ]; then
    echo "ok      $1"
  else
    echo "FAILED  $1: expected $2, got $3"
    failures=$((failures + 1))
  fi
}

url=$(output LoadBalancerUrl)
host=${url#https://}

expect 'plain HTTP is sent to HTTPS for good' "301 $url:443/" \
  "$(curl --silent --output /dev/null --max-time 15 --write-out '%{http_code} %{redirect_url}' "http://$host/")"
# curl refuses a certificate that does not match or is not trusted, and then prints 000.
expect 'the certificate is good, and the application answers' 200 \
  "$(curl --silent --output /dev/null --max-time 15 --write-out '%{http_code}' "$url/health" || true)"

running() { # service: running/desired
  aws ecs describe-services --cluster "$(output Cluster)" --services "$1" \
    --query 'services[0].[runningCount, desiredCount]' --output json | jq -r '"\(.[0])/\(.[1])"'
}
web=$(running "$(output WebService)")
expect 'as many web tasks run as are wanted' "${web#*/}/${web#*/}" "$web"
expect 'at least two web tasks run' yes "$([ "${web%/*}" -ge 2 ] && echo yes || echo no)"
expect 'one database task runs' 1/1 "$(running "$(output DatabaseService)")"

healthy=$(aws elbv2 describe-target-health --target-group-arn "$(output TargetGroup)" \
  --query "length(TargetHealthDescriptions[?TargetHealth.State=='healthy'])" --output text)
expect 'at least two targets are healthy' yes "$([ "$healthy" -ge 2 ] && echo yes || echo no)"

[ "$failures" -eq 0 ] || { echo "$failures failed"; exit 1; }
echo 'the lab works'
