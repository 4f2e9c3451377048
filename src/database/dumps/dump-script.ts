/**
 * Writes one dump and deletes those that are too old. It gets the dump command as its arguments, the name of the database last, so that nothing is
 * quoted twice, and the rest from the environment: DUMP_DIRECTORY, DB_NAME, KEEP_MINUTES.
 *
 * A dump appears under its final name only when it is complete, whole files are removed only after a new one is there, and
 * every failure ends the task with a non-zero code. The last line of the log says which file was written.
 *
 * A routine whose definer is another user ends the dump program, since only its definer may read it. Then all but the routines is written, under
 * another name: better than nothing, but no dump, and so neither counted as one nor a reason to delete one.
 */
export const DUMP_SCRIPT = `set -euo pipefail
umask 077
name="$DB_NAME-$(date -u +%Y%m%dT%H%M%SZ)"
partial="$DUMP_DIRECTORY/.$name.partial"
errors="$DUMP_DIRECTORY/.$name.errors"
final="$DUMP_DIRECTORY/$name.sql.gz"
trap 'rm -f -- "$partial" "$errors"' EXIT
written() {
  "$@" 2> "$errors" | gzip -c > "$partial" || { code=$?; cat -- "$errors" >&2; return "$code"; }
  cat -- "$errors" >&2
  if ! gzip -dc -- "$partial" | tail -n 3 | grep -c -e '^-- Dump completed' > /dev/null; then
    echo "dump failed: $name has no end mark" >&2
    return 1
  fi
}
code=0
written "$@" || code=$?
if [ "$code" -ne 0 ] && grep -qiE 'insuffici?ent privileges to SHOW CREATE (PROCEDURE|FUNCTION)' "$errors"; then
  written "\${@:1:$#-1}" --skip-routines "\${@: -1}"
  final="$DUMP_DIRECTORY/$name.without-routines.sql.gz"
  mv -- "$partial" "$final"
  find "$DUMP_DIRECTORY" -maxdepth 1 -type f -name "$DB_NAME-*.without-routines.sql.gz" -mmin "+$KEEP_MINUTES" -print -delete
  echo "dump failed: routines of another definer are missing from $final; create them again as $DB_USER, or grant that user SHOW_ROUTINE" >&2
fi
if [ "$code" -ne 0 ]; then exit "$code"; fi
mv -- "$partial" "$final"
find "$DUMP_DIRECTORY" -maxdepth 1 -type f -name "$DB_NAME-*.sql.gz" -mmin "+$KEEP_MINUTES" -print -delete
find "$DUMP_DIRECTORY" -maxdepth 1 -type f \\( -name ".$DB_NAME-*.partial" -o -name ".$DB_NAME-*.errors" \\) -mmin +1440 -print -delete
echo "dump finished: $final $(wc -c < "$final") bytes"
`;
