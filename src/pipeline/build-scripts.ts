/*
 * What the build projects run, as bash. The texts are the same in every pipeline: what differs comes in environment variables, numbered from 0
 * for each image (REPOSITORY_0, DOCKERFILE_0, CONTEXT_0, PARAMETER_0), each application (CLUSTER_0, SERVICE_0, CONTAINERS_0) and each stack
 * of applications (STACK_0).
 * They have no single quotes, so that they can stand in a pair of them.
 */

const EVERY_IMAGE = 'for ((i = 0; i < IMAGES; i++)); do';

/** A commit names its images, in twelve digits; nothing else may become a tag. */
const TAG = `if [[ ! "$COMMIT_ID" =~ ^[0-9a-f]{40,64}$ ]]; then
  echo "COMMIT_ID is \\"$COMMIT_ID\\", which is no commit: let the pipeline start this build" >&2
  exit 1
fi
tag="\${COMMIT_ID:0:12}\${TAG_SUFFIX:-}"`;

/** Fails where the tag is not there. */
export const DIGEST_OF = `digest_of() { # address of the repository, tag
  aws ecr describe-images --repository-name "\${1#*/}" --image-ids "imageTag=$2" --query "imageDetails[0].imageDigest" --output text
}`;

export const LOGIN = `${EVERY_IMAGE}
  repository=REPOSITORY_$i registry="\${!repository%%/*}"
  aws ecr get-login-password | docker login --username AWS --password-stdin "$registry"
done`;

/**
 * Every image is built before the first is pushed: a build that fails leaves nothing behind. A commit that was built before is taken as it is,
 * since its tag cannot be moved.
 */
export const BUILD = `${TAG}

${DIGEST_OF}

builder=()
if docker buildx create --name images --driver docker-container --driver-opt "image=$BUILDKIT_IMAGE" --bootstrap; then
  builder=(--builder images)
else
  echo "$BUILDKIT_IMAGE does not start: building without the cache of earlier builds" >&2
fi

build() { # number of the image, further options
  local repository=REPOSITORY_$1 dockerfile=DOCKERFILE_$1 context=CONTEXT_$1
  local cache="type=registry,ref=\${!repository}:buildcache-\${PLATFORM#linux/}"
  local options=("\${builder[@]}" --platform "$PLATFORM" --provenance=false --file "\${!dockerfile}" --tag "\${!repository}:$tag")
  if ((\${#builder[@]} > 0)); then
    options+=(--cache-from "$cache")
    if [[ "\${2:-}" == --push ]]; then options+=(--cache-to "$cache,mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true"); fi
  fi
  docker buildx build "\${options[@]}" "\${@:2}" "\${!context}"
}

missing=()
${EVERY_IMAGE}
  repository=REPOSITORY_$i
  if digest_of "\${!repository}" "$tag" 2> /dev/null; then
    echo "\${!repository}:$tag is there already"
  else
    missing+=("$i")
  fi
done
for i in "\${missing[@]}"; do build "$i"; done
for i in "\${missing[@]}"; do build "$i" --push; done`;

/**
 * Refuses findings that nobody accepted, and what was not scanned. The packages are told by basic scans in attributes, by enhanced ones in a list.
 */
export const SCAN = `${TAG}

scan_result() { # address of the repository, query, further options
  aws ecr describe-image-scan-findings --repository-name "\${1#*/}" --image-id "imageTag=$tag" --query "$2" --output text "\${@:3}"
}

accepted() { # a finding, or the status of a scan
  local a entry finding expires reason today
  today="$(date -u +%F)"
  for ((a = 0; a < ACCEPTED; a++)); do
    entry=ACCEPTED_$a
    read -r finding expires reason <<< "\${!entry}"
    if [[ "$finding" != "$1" ]]; then continue; fi
    if [[ "$today" > "$expires" ]]; then
      echo "$1 was accepted until $expires" >&2
    else
      echo "$1 is accepted until $expires: $reason"
      return 0
    fi
  done
  return 1
}

told="imageScanFindings.[findings,enhancedFindings][].[severity,name||packageVulnerabilityDetails.vulnerabilityId,\\
join(\\\`\\",\\"\\\`,attributes[?key==\\\`\\"package_name\\"\\\`].value||packageVulnerabilityDetails.vulnerablePackages[].name||\\\`[]\\\`)]"
refused=0
for i in $GATED; do
  repository=REPOSITORY_$i status=PENDING
  for ((attempt = 0; attempt < 60; attempt++)); do
    status="$(scan_result "\${!repository}" imageScanStatus.status --no-paginate 2> /dev/null || echo PENDING)"
    case "$status" in COMPLETE | ACTIVE | FAILED | UNSUPPORTED_IMAGE) break ;; esac
    sleep "$SCAN_INTERVAL"
  done
  case "$status" in
    COMPLETE | ACTIVE) ;;
    *)
      if accepted "$status"; then continue; fi
      echo "\${!repository}:$tag was not scanned ($status): turn scanning on, or list $status in acceptedFindings" >&2
      refused=1
      continue
      ;;
  esac
  findings="$(scan_result "\${!repository}" "$told")"
  for severity in $BLOCKING_SEVERITIES; do
    count="$(scan_result "\${!repository}" "imageScanFindings.findingSeverityCounts.$severity" --no-paginate)"
    if [[ "$count" == None ]]; then count=0; fi
    while read -r found finding packages; do
      if [[ "$found" != "$severity" ]]; then continue; fi
      count=$((count - 1))
      if accepted "$finding"; then continue; fi
      echo "\${!repository}:$tag has $finding ($severity) in \${packages:-an unknown package}" >&2
      refused=1
    done <<< "$findings"
    if ((count > 0)); then
      echo "\${!repository}:$tag has $count more findings ($severity) that are not told" >&2
      refused=1
    fi
  done
done
if ((refused)); then echo "update the packages, or list the findings in acceptedFindings, with a reason and a last day" >&2; fi
exit "$refused"`;

/** The images of all architectures become one; each host pulls its own. */
export const MERGE = `${TAG}

${DIGEST_OF}

${EVERY_IMAGE}
  repository=REPOSITORY_$i sources=()
  for architecture in $ARCHITECTURES; do sources+=("\${!repository}:$tag-$architecture"); done
  if digest_of "\${!repository}" "$tag" 2> /dev/null; then
    echo "\${!repository}:$tag is there already"
  else
    docker buildx imagetools create --tag "\${!repository}:$tag" "\${sources[@]}"
  fi
done`;

/** Says which images were built, by digest: a digest cannot come to mean another image. */
export const DEFINE = `${TAG}

${DIGEST_OF}

${EVERY_IMAGE}
  repository=REPOSITORY_$i
  digest="$(digest_of "\${!repository}" "$tag")"
  if [[ "$digest" != sha256:* ]]; then
    echo "\${!repository}:$tag has no digest but \\"$digest\\"" >&2
    exit 1
  fi
  printf "%s@%s" "\${!repository}" "$digest" > "image-$i.txt"
done`;
