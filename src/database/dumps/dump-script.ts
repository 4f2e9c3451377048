/**
 * Writes one dump and deletes those that are too old. It gets the dump command as its arguments, so that nothing is quoted
 * twice, and the rest from the environment: DUMP_DIRECTORY, DB_NAME, KEEP_MINUTES.
 *
 * A dump appears under its final name only when it is complete, whole files are removed only after a new one is there, and
 * every failure ends the task with a non-zero code. The last line of the log says which file was written.
 */
export const DUMP_SCRIPT = `set -euo pipefail
umask 077
name="$DB_NAME-$(date -u +%Y%m%dT%H%M%SZ)"
partial="$DUMP_DIRECTORY/.$name.partial"
final="$DUMP_DIRECTORY/$name.sql.gz"
trap 'rm -f -- "$partial"' EXIT
"$@" | gzip -c > "$partial"
if ! gzip -dc -- "$partial" | tail -n 3 | grep -c -e '^-- Dump completed' > /dev/null; then
  echo "dump failed: $name has no end mark" >&2
  exit 1
fi
mv -- "$partial" "$final"
find "$DUMP_DIRECTORY" -maxdepth 1 -type f -name "$DB_NAME-*.sql.gz" -mmin "+$KEEP_MINUTES" -print -delete
find "$DUMP_DIRECTORY" -maxdepth 1 -type f -name ".$DB_NAME-*.partial" -mmin +1440 -print -delete
echo "dump finished: $final $(wc -c < "$final") bytes"
`;
