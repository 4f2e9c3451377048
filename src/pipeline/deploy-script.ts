import { DIGEST_OF } from './build-scripts';

/** Which addresses are to run, and what parameters and registries know of them. */
const RECORDS = `wanted() { # number of an image
  cat "image-$1.txt"
}

recorded() { # number of an image
  local name=PARAMETER_$1
  aws ssm get-parameter --name "\${!name}" --query Parameter.Value --output text
}

record() { # name of a parameter, address
  aws ssm put-parameter --name "$1" --type String --value "$2" --overwrite
}

keep() { # number of an image, its address: under a tag whose images are not deleted with those that were only built
  local repository=REPOSITORY_$1 digest="\${2##*@}"
  if [[ "$2" != "\${!repository}@sha256:"* ]]; then return 0; fi
  local tag="deployed-\${digest:7:12}" query=(aws ecr batch-get-image --repository-name "\${!repository#*/}" --image-ids "imageDigest=$digest" --output text)
  if digest_of "\${!repository}" "$tag" 2> /dev/null; then return 0; fi
  local manifest type
  manifest="$("\${query[@]}" --query "images[0].imageManifest")"
  type="$("\${query[@]}" --query "images[0].imageManifestMediaType")"
  if [[ "$manifest" == None ]]; then
    echo "$2 is not in the registry any more" >&2
    return 0
  fi
  aws ecr put-image --repository-name "\${!repository#*/}" --image-tag "$tag" --image-digest "$digest" \\
    --image-manifest "$manifest" --image-manifest-media-type "$type" --query image.imageId --output text
}`;

/** Updates of stacks, of which CloudFormation allows one at a time. */
const UPDATES = `settled() { # stack, time until which to wait: the status at the end
  local status errors=0
  while true; do
    if status="$(aws cloudformation describe-stacks --stack-name "$1" --query "Stacks[0].StackStatus" --output text)"; then
      if [[ "$status" != *_IN_PROGRESS ]]; then break; fi
    else
      status=UNKNOWN errors=$((errors + 1))
      if ((errors == 5)); then break; fi
    fi
    if ((SECONDS >= $2)); then break; fi
    sleep "$POLL_INTERVAL"
  done
  echo "$status"
}

update() { # stack: everything as it is, with the parameters read again
  local stack=$1 key output status deadline=$((SECONDS + DEPLOY_SECONDS)) parameters=()
  for key in $(aws cloudformation describe-stacks --stack-name "$stack" --query "Stacks[0].Parameters[].ParameterKey" --output text); do
    parameters+=("ParameterKey=$key,UsePreviousValue=true")
  done
  until output="$(aws cloudformation update-stack --stack-name "$stack" --use-previous-template --role-arn "$CLOUDFORMATION_ROLE" \\
    --capabilities CAPABILITY_IAM CAPABILITY_NAMED_IAM CAPABILITY_AUTO_EXPAND --parameters "\${parameters[@]}" 2>&1)"; do
    case "$output" in
      *"No updates are to be performed"*)
        echo "$stack has it already"
        return 0
        ;;
      *_IN_PROGRESS*) ;;
      *)
        echo "$output" >&2
        return 1
        ;;
    esac
    if ((SECONDS >= deadline)); then
      echo "stack $stack is being deployed by somebody else: retry the stage when that is over" >&2
      return 1
    fi
    sleep "$POLL_INTERVAL"
  done
  status="$(settled "$stack" "$deadline")"
  if [[ "$status" == UPDATE_IN_PROGRESS ]]; then
    echo "stack $stack takes longer than $DEPLOY_SECONDS seconds: canceling the update" >&2
    aws cloudformation cancel-update-stack --stack-name "$stack" || true
    status="$(settled "$stack" $((SECONDS + DEPLOY_SECONDS)))"
  fi
  case "$status" in UPDATE_COMPLETE | UPDATE_COMPLETE_CLEANUP_IN_PROGRESS) return 0 ;; esac
  echo "stack $stack is $status, its update failed:" >&2
  aws cloudformation describe-stack-events --stack-name "$stack" --max-items 40 \\
    --query "StackEvents[].[ResourceStatus,LogicalResourceId,ResourceStatusReason]" --output text | grep FAILED >&2 || true
  return 1
}`;

/** Refuses before anything is written; what a stack read at its last deployment is what it would be rolled back to. */
const PREPARE = `declare -A good=()
for ((s = 0; s < STACKS; s++)); do
  stack=STACK_$s
  status="$(settled "\${!stack}" $((SECONDS + DEPLOY_SECONDS)))"
  case "$status" in
    CREATE_COMPLETE | UPDATE_COMPLETE | UPDATE_ROLLBACK_COMPLETE | IMPORT_COMPLETE | IMPORT_ROLLBACK_COMPLETE) ;;
    *)
      echo "stack \${!stack} is $status, in which it cannot be updated: nothing was changed; deploy it with cdk deploy, then retry the stage" >&2
      exit 1
      ;;
  esac
  reads="$(aws cloudformation describe-stacks --stack-name "\${!stack}" --query "Stacks[0].Parameters[?ResolvedValue].[ParameterKey,ParameterValue,ResolvedValue]" --output text)"
  while read -r key name value; do
    if [[ -z "$value" || "$key" == BootstrapVersion ]]; then continue; fi
    ours=
    for i in $DEPLOYED; do
      parameter=PARAMETER_$i
      if [[ "$name" == "\${!parameter}" ]]; then ours=$i; fi
    done
    if [[ -n "$ours" ]]; then
      good[$ours]="\${good[$ours]:-$value}"
    elif [[ "$(aws ssm get-parameters --names "$name" --query "Parameters[0].Value" --output text)" != "$value" ]]; then
      echo "stack \${!stack} also reads $name, which has another value since its last deployment: nothing was changed; run cdk deploy \${!stack} first" >&2
      exit 1
    fi
  done <<< "$reads"
done
for i in $DEPLOYED; do
  parameter=PARAMETER_$i
  if [[ -z "\${good[$i]:-}" ]]; then
    echo "no stack reads \${!parameter} yet: nothing was changed; run cdk deploy first" >&2
    exit 1
  fi
done
for ((i = 0; i < IMAGES; i++)); do
  address="$(recorded "$i")"
  keep "$i" "$address"
done`;

/**
 * Another run may have written its own address in the meantime: that is left alone. Where a parameter could not be written, no stack is updated: it would
 * read the image that failed once more.
 */
const RESTORE = `touched=()
restore() {
  trap - EXIT
  local lost=0 now
  for i in $DEPLOYED; do
    parameter=PARAMETER_$i
    if now="$(recorded "$i")"; then
      if [[ "$now" != "$(wanted "$i")" || "$now" == "\${good[$i]}" ]]; then continue; fi
      if record "\${!parameter}" "\${good[$i]}"; then continue; fi
    fi
    echo "\${!parameter} could not be put back: write \${good[$i]} to it before anything else is deployed" >&2
    lost=1
  done
  if ((lost)); then exit 1; fi
  for stack in "\${touched[@]}"; do update "$stack" || echo "stack $stack has to be looked at" >&2; done
  echo "the images that ran before are recorded again" >&2
  exit 1
}`;

/** A stack may be complete where ECS went back, or where another run was faster. */
const VERIFY = `for ((a = 0; a < APPLICATIONS; a++)); do
  cluster=CLUSTER_$a service=SERVICE_$a containers=CONTAINERS_$a
  revision="$(aws ecs describe-services --cluster "\${!cluster}" --services "\${!service}" --query "services[0].taskDefinition" --output text)"
  running="$(aws ecs describe-task-definition --task-definition "$revision" --query "taskDefinition.containerDefinitions[].[name,image]" --output text)"
  for pair in \${!containers}; do
    image="$(wanted "\${pair##*=}")"
    if ! grep --quiet --line-regexp --fixed-strings "$(printf "%s\\t%s" "\${pair%%=*}" "$image")" <<< "$running"; then
      echo "service \${!service} does not run $image: ECS has rolled the deployment back, or another run was faster" >&2
      exit 1
    fi
  done
done`;

/**
 * Records the images, and has CloudFormation deploy what it reads: so it never has an older image to go back to than the last one that
 * worked. Images that nothing is deployed to become candidates.
 */
export const DEPLOY = `${DIGEST_OF}

${RECORDS}

${UPDATES}

${PREPARE}

${RESTORE}
trap restore EXIT
trap "exit 1" HUP INT TERM
for i in $DEPLOYED; do
  parameter=PARAMETER_$i address="$(recorded "$i")"
  if [[ "$address" != "$(wanted "$i")" ]]; then record "\${!parameter}" "$(wanted "$i")"; fi
done
for ((s = 0; s < STACKS; s++)); do
  stack=STACK_$s
  touched+=("\${!stack}")
  update "\${!stack}" || exit 1
done
${VERIFY}
trap - EXIT

for i in $DEPLOYED; do keep "$i" "$(wanted "$i")"; done
for i in $CANDIDATES; do
  parameter=PARAMETER_$i
  candidate="\${!parameter}/candidate"
  if [[ "$(aws ssm get-parameter --name "$candidate" --query Parameter.Value --output text 2> /dev/null || true)" != "$(wanted "$i")" ]]; then
    record "$candidate" "$(wanted "$i")"
  fi
done`;
