/** What Dockerfiles install from Debian most often, by what it is for; their dependencies and recommendations come along. */
const BY_PURPOSE: Readonly<Record<string, string>> = {
  fetching:
    'ca-certificates curl wget gnupg gnupg2 dirmngr rsync openssl lsb-release apt-transport-https apt-utils gpg gpg-agent gnupg1 sshpass',
  sources: 'git openssh-client openssh-server patch software-properties-common',
  building:
    'build-essential gcc g++ make cmake autoconf automake libtool pkg-config bison flex m4 gettext libc6-dev dpkg-dev ninja-build nasm re2c',
  debugging: 'strace lsof htop procps psmisc sysstat',
  python:
    'python3 python3-dev python3-pip python3-venv python3-setuptools python3-wheel python-is-python3 python3-yaml python3-requests python3-psycopg2 python3-tk',
  languages: 'perl default-jre-headless openjdk-17-jdk-headless default-jdk-headless',
  web: 'nginx apache2 apache2-utils php php-cli php-fpm php-mysql php-curl php-gd php-mbstring php-xml php-zip libapache2-mod-php php-bcmath php-soap php-sqlite3 php-pgsql libapache2-mod-wsgi-py3',
  databases:
    'redis-server redis-tools memcached mariadb-server mariadb-client default-mysql-client postgresql postgresql-client sqlite3 default-mysql-server libnss-wrapper',
  services: 'supervisor cron rsyslog logrotate sudo tini dumb-init gosu runit',
  editors: 'vim vim-tiny nano less man-db tree dialog whiptail bash-completion tmux screen zsh bsdmainutils',
  network:
    'net-tools iputils-ping iproute2 dnsutils traceroute netcat-openbsd netcat-traditional tcpdump nmap telnet iptables socat netbase',
  files:
    'unzip zip bzip2 xz-utils zstd p7zip-full tar gzip file jq bc dos2unix xxd moreutils pv lz4 ripgrep cpio acl attr',
  system:
    'locales tzdata adduser passwd debconf-utils kmod busybox stress hello cowsay fortune-mod figlet sl libcap2-bin uuid-runtime pwgen dbus',
  media:
    'libgl1 libglib2.0-0 libsm6 libxext6 libxrender1 libgomp1 fonts-dejavu-core fonts-liberation fontconfig libasound2 libmagic1 libxss1 libgbm1',
  libraries:
    'zlib1g-dev libssl-dev libffi-dev libxml2-dev libxslt1-dev libcurl4-openssl-dev libreadline-dev libbz2-dev liblzma-dev libncurses-dev libncurses5-dev libsqlite3-dev libpq-dev default-libmysqlclient-dev libyaml-dev libzip-dev libpcre3-dev libpcre2-dev libicu-dev libonig-dev libjpeg-dev libpng-dev libfreetype6-dev libgdbm-dev uuid-dev libevent-dev libjemalloc2 libgmp-dev libpcre3 libwebp-dev protobuf-compiler libaio1 libnss3 libkrb5-dev libbluetooth-dev libdb-dev tk-dev libncursesw5-dev libgdbm-compat-dev libapr1-dev libaprutil1-dev libaprutil1-ldap libbrotli-dev libjansson-dev liblua5.2-dev liblua5.3-dev libnghttp2-dev libldap2-dev libsasl2-dev libsodium-dev libargon2-dev libcap-dev libseccomp-dev libsystemd-dev libelf-dev libpam0g-dev libzstd-dev liblz4-dev libsnappy-dev libpcap-dev libev-dev libuv1-dev libexpat1-dev libhiredis-dev libio-socket-ssl-perl libmemcached-dev libssh2-1-dev libxpm-dev libvpx-dev libgd-dev libglib2.0-dev libmaxminddb-dev libmagic-dev libtinfo-dev libpq5 libmariadb3 libpcre2-8-0 libatomic1 libstdc++6',
};

/** Those that bring so much that is recommended along that the catalogue holds what they depend on alone. */
export const WITHOUT_RECOMMENDS: readonly string[] =
  'nodejs npm imagemagick ffmpeg graphviz ghostscript ruby ruby-dev gdb subversion mercurial poppler-utils php-intl golang-go rustc cargo clang maven default-jdk-headless xvfb libgtk-3-0 haproxy libmagickwand-dev libmagickcore-dev pipx whois iperf3 gfortran tcl expect python3-virtualenv lua5.4 libxml2-utils xsltproc numactl sq fonts-noto-color-emoji chromium tesseract-ocr'.split(
    ' ',
  );

export const DEBIAN_PACKAGES: readonly string[] = Object.values(BY_PURPOSE).flatMap((names) => names.split(' '));
