#!/bin/sh
# Runs the assistant and starts it again should it die, on machines without systemd. A TERM signal stops both.
cd "$(dirname "$0")/../.." || exit 2
trap 'kill "$child" 2>/dev/null; wait "$child"; exit 0' TERM INT
while :; do
    .venv/bin/python app.py &
    child=$!
    wait "$child"
    [ $? -eq 2 ] && exit 2  # the last line says what to mend; starting again would not help
    sleep "${PAUSE:-5}" &
    wait $!
done
