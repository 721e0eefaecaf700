#!/bin/bash
# Walks docs/operations.md on a new Debian: every command of its code blocks, as root, in a fresh
# chroot, up to a page over https and on through backup, upgrade, restore and roll back.
#
#   tools/walk_operations.sh [FOLDER]     needs root, debootstrap, about 2 GB in FOLDER, some 20 minutes
#
# What is not as on a server: packages come from wherever this machine gets its own; systemd does not
# run in a chroot, so a stand-in starts what the units say; the certificate is made here, not by
# certbot; apt and createsuperuser ask nothing. The network behind the packages is cut off.
set -euo pipefail
repository=$(cd "$(dirname "$0")/.." && pwd)
guide=$repository/docs/operations.md
if [ "${1:-}" != --inside ]; then
    folder=${1:-$(mktemp -d)}
    root=$folder/root
    [ "$(id -u)" = 0 ] || { echo "Only root can make a chroot."; exit 1; }
    command -v debootstrap >/dev/null || { echo "Needed: apt install debootstrap"; exit 1; }
    release=$(. /etc/os-release && echo "$VERSION_CODENAME")
    site=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | head -1)
    [ ! -e "$root" ] || { echo "$root is there already: name another folder."; exit 1; }
    debootstrap --variant=minbase "$release" "$root" "$site" >/dev/null
    echo "== a new Debian ($release)"
    # How this machine reaches packages is how the new one does.
    rm -f "$root"/etc/apt/sources.list
    cp -rL /etc/apt/sources.list* /etc/apt/apt.conf.d "$root/etc/apt/" 2>/dev/null || true
    rm -f "$root"/etc/apt/apt.conf.d/docker-*
    for file in /etc/pip.conf /etc/xdg/pip /etc/ssl/certs /usr/local/share/ca-certificates \
        /etc/resolv.conf /usr/share/keyrings; do
        [ ! -e $file ] || { mkdir -p "$root$(dirname $file)" && cp -rL $file "$root$(dirname $file)"; }
    done
    install -m 0755 /dev/stdin "$root/usr/sbin/policy-rc.d" <<<$'#!/bin/sh\nexit 101' # nothing starts by itself
    git clone -q --bare "$repository" "$root/srv/repository"
    printf '[safe]\n\tdirectory = *\n' >"$root/etc/gitconfig" # root's own, read by the portal's user
    cp "$0" "$guide" "$root/root/"
    exec unshare --mount --pid --fork --kill-child bash -ec '
        mount -t proc proc "$0/proc"; mount -t tmpfs tmpfs "$0/dev/shm" 2>/dev/null || true
        mount --bind /dev "$0/dev"
        exec chroot "$0" bash /root/walk_operations.sh --inside' "$root"
fi

cd /
export DEBIAN_FRONTEND=noninteractive DJANGO_SUPERUSER_PASSWORD=only-for-this-walk PIP_QUIET=1

# What stands in for systemd and certbot: what the units say is started, and left to run.
install -m 0755 /dev/stdin /usr/local/bin/systemctl <<'END'
#!/bin/bash
verb=$1; shift
for unit in "$@"; do
    case $verb-$unit in
        *-nginx) service nginx "$verb" ;;
        restart-journeys@* | stop-journeys@*) kill "$(cat "/run/$unit.pid")" && sleep 3 ;;&
        enable-journeys@* | start-journeys@* | restart-journeys@*)
            file=/etc/systemd/system/journeys@.service
            port=${unit#*@}; port=${port%.service}
            start=$(sed -n '/^ExecStart=/,/[^\\]$/p' $file | sed 's/^ExecStart=//; s/\\$//' | tr -d '\n')
            post=$(sed -n '/^ExecStartPost=/,/[^\\]$/p' $file | sed 's/^ExecStartPost=//; s/\\$//' | tr -d '\n')
            set -a; . /etc/journeys.env; set +a
            cd "$(sed -n 's/^WorkingDirectory=//p' $file)"
            runuser -u journeys -- ${start//%i/$port} >>"/var/log/$unit.log" 2>&1 &
            echo $! >"/run/$unit.pid"
            eval "${post//%i/$port}" ;;
        enable-*.timer) [ -e "/etc/systemd/system/$unit" ] ;;
    esac || exit 1
done
END
install -m 0755 /dev/stdin /usr/local/bin/certbot <<'END'
#!/bin/bash
live=/etc/letsencrypt/live/journeys.example
mkdir -p $live
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=journeys.example \
    -addext subjectAltName=DNS:journeys.example \
    -keyout $live/privkey.pem -out $live/fullchain.pem 2>/dev/null
END
apt() { apt-get -qq -y "$@" >/var/log/walk-apt.log 2>&1 || { tail /var/log/walk-apt.log; return 1; }; }

# The code blocks under a heading, as they stand, but for what nobody is here to answer.
commands() {
    awk -v heading="$1" '/^#/ && !block { on = $0 ~ "^#+ " heading }
        /^```/ { block = !block; next } on && block' /root/operations.md |
        sed "s#ADDRESS_OF_THIS_REPOSITORY#/srv/repository#; s#-DAY.zip#-$(date +%F).zip#
            s#createsuperuser#createsuperuser --no-input --username walk --email walk@journeys.example#"
}
walk() {
    echo "== $1"
    local text; text=$(commands "$1")
    [ -n "$text" ] || { echo "Nothing stands under “$1” in docs/operations.md."; exit 1; }
    eval "$text"
}
page() {
    curl --silent --show-error --fail --cacert /etc/letsencrypt/live/journeys.example/fullchain.pem \
        --resolve journeys.example:443:127.0.0.1 "https://journeys.example$1"
}

apt update
apt install iproute2
walk "1. Packages"
# From here on nothing outside is needed: what it serves is served to itself alone.
export -f apt commands walk page
unshare --net bash -euo pipefail -c '
    ip link set lo up
    service postgresql start >/dev/null
    walk "2. The database"; walk "3. The settings"; walk "4. Tables"; walk "5. Start it"; walk "6. TLS"
    page /journeys/rabat/ | grep "<h1" >/dev/null && echo "== A page over https."
    walk "Back up"; walk "Upgrade"; walk "Restore"; walk "Roll back"
    page /journeys/rabat/ | grep "<h1" >/dev/null && echo "== All of the guide walked; the page is still there."'
