#!/usr/bin/env bash
# Times a newcomer's path: clone, the one command of README.md, two windows that have met. Needs git, Maven and a display with
# xwininfo (Debian: x11-utils). Says the seconds it took, and fails where they are over a minute; the first time on a machine
# Maven downloads what it needs, which is not counted: run it twice.
set -euo pipefail
from=${1:-$(cd "$(dirname "$0")/.." && pwd)}
limit=60

folder=$(mktemp -d)
app=
end() {
    if [ -n "$app" ]; then
        pkill -P "$app" 2>/dev/null || true
        kill "$app" 2>/dev/null || true
    fi
    rm -rf "$folder"
}
trap end EXIT

begin=$(date +%s)
git clone -q "$from" "$folder/parlor"
cd "$folder/parlor"
mvn -q -DskipTests package
echo "built after $(($(date +%s) - begin)) s"
room=newcomer-$$
java -jar demo/target/parlor-demo.jar desktop "$room" --name Ada --peers 1 &
app=$!
while [ "$(xwininfo -root -tree | grep -c "$room · 2 here")" -lt 2 ]; do
    if [ $(($(date +%s) - begin)) -gt $((limit * 3)) ]; then
        echo "no two windows after $((limit * 3)) s" >&2
        exit 1
    fi
    sleep 0.2
done
took=$(($(date +%s) - begin))
echo "two windows have met after $took s"
[ "$took" -le "$limit" ]
