/** What Dockerfiles install from Debian most often, by what it is for; their dependencies and recommendations come along. */
const BY_PURPOSE: Readonly<Record<string, string>> = {
  fetching: 'ca-certificates curl wget gnupg gnupg2 dirmngr rsync openssl lsb-release apt-transport-https apt-utils',
  sources: 'git openssh-client openssh-server patch software-properties-common',
  building: 'build-essential gcc g++ make cmake autoconf automake libtool pkg-config bison flex m4 gettext libc6-dev',
  debugging: 'strace lsof htop procps psmisc sysstat',
  python:
    'python3 python3-dev python3-pip python3-venv python3-setuptools python3-wheel python-is-python3 python3-yaml python3-requests',
  languages: 'perl default-jre-headless openjdk-17-jdk-headless',
  web: 'nginx apache2 apache2-utils php php-cli php-fpm php-mysql php-curl php-gd php-mbstring php-xml php-zip libapache2-mod-php',
  databases:
    'redis-server redis-tools memcached mariadb-server mariadb-client default-mysql-client postgresql postgresql-client sqlite3',
  services: 'supervisor cron rsyslog logrotate sudo tini dumb-init gosu',
  editors: 'vim vim-tiny nano less man-db tree dialog whiptail bash-completion tmux screen zsh',
  network:
    'net-tools iputils-ping iproute2 dnsutils traceroute netcat-openbsd netcat-traditional tcpdump nmap telnet iptables socat netbase',
  files: 'unzip zip bzip2 xz-utils zstd p7zip-full tar gzip file jq bc dos2unix',
  system: 'locales tzdata adduser passwd debconf-utils kmod busybox stress hello cowsay fortune-mod figlet sl',
  media: 'libgl1 libglib2.0-0 libsm6 libxext6 libxrender1 libgomp1 fonts-dejavu-core fonts-liberation fontconfig',
  libraries:
    'zlib1g-dev libssl-dev libffi-dev libxml2-dev libxslt1-dev libcurl4-openssl-dev libreadline-dev libbz2-dev liblzma-dev libncurses-dev libncurses5-dev libsqlite3-dev libpq-dev default-libmysqlclient-dev libyaml-dev libzip-dev libpcre3-dev libpcre2-dev libicu-dev libonig-dev libjpeg-dev libpng-dev libfreetype6-dev libgdbm-dev uuid-dev libevent-dev libjemalloc2 libgmp-dev libpcre3 libwebp-dev protobuf-compiler libaio1 libnss3 libkrb5-dev',
};

/** Those that bring so much that is recommended along that the catalogue holds what they depend on alone. */
export const WITHOUT_RECOMMENDS: readonly string[] =
  'nodejs npm imagemagick ffmpeg graphviz ghostscript ruby ruby-dev gdb subversion mercurial poppler-utils php-intl'.split(
    ' ',
  );

export const DEBIAN_PACKAGES: readonly string[] = Object.values(BY_PURPOSE).flatMap((names) => names.split(' '));
