# Sourced by ./build and ./coppice. find_jdk sets JAVA_HOME to a JDK 25 or newer, find_maven sets MVN. Each says in one
# line what to install where there is none. Versions are read from a JDK's `release` file: no process is started.

# is_jdk DIR [newest]: is this a JDK of at least 25, and at most `newest`?
is_jdk() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while IFS='=' read -r key value; do
        if [ "$key" = JAVA_VERSION ]; then
            value=${value#\"}
            value=${value%%[!0-9]*}
            [ "${value:-0}" -ge 25 ] && [ "$value" -le "${2:-999}" ]
            return
        fi
    done <"$1/release"
    return 1
}

# follow FILE: sets `followed` to the file at the end of the chain of links.
follow() {
    followed=$1
    while [ -L "$followed" ]; do
        link=$(readlink "$followed")
        case $link in
            /*) followed=$link ;;
            *) followed=${followed%/*}/$link ;;
        esac
    done
}

# try_jdks NEWEST DIR...: takes the first that is a JDK.
try_jdks() {
    newest=$1
    shift
    for place in "$@"; do
        if is_jdk "$place" "$newest"; then
            JAVA_HOME=$place
            return 0
        fi
    done
    return 1
}

system_jdks() {
    try_jdks "$1" /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/java/* /opt/*jdk* /opt/jvm/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /snap/openjdk/current/jdk
}

user_jdks() {
    try_jdks "$1" "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* "$HOME"/.jdks/* "$HOME"/.gradle/jdks/* \
        "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home "${JENV_ROOT:-$HOME/.jenv}"/versions/* \
        "${ASDF_DATA_DIR:-$HOME/.asdf}"/installs/java/* \
        "${MISE_DATA_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/mise}"/installs/java/*
}

# A JDK that the user chose (JAVA_HOME, then PATH) comes first, then an exact 25, then any newer one.
find_jdk() {
    HOME=${HOME:-/}
    is_jdk "${JAVA_HOME:-/none}" && return
    if follow "$(command -v java || echo /none/bin/java)" && is_jdk "${followed%/bin/java}"; then
        JAVA_HOME=${followed%/bin/java}
    elif ! { system_jdks 25 || user_jdks 25 || system_jdks 999 || user_jdks 999; }; then
        echo "coppice: no JDK 25 or newer was found; install one (https://adoptium.net, 'sdk install java 25-tem', 'brew install openjdk@25') or point JAVA_HOME at it." >&2
        exit 1
    fi
    export JAVA_HOME
}

system_mavens() {
    try_mavens /opt/maven/bin/mvn /usr/share/maven/bin/mvn /opt/homebrew/bin/mvn /usr/local/bin/mvn
}

try_mavens() {
    for MVN in "$@"; do
        [ -x "$MVN" ] && return 0
    done
    return 1
}

find_maven() {
    if ! try_mavens "$(command -v mvn)" "${MAVEN_HOME:-/none}/bin/mvn" "${M2_HOME:-/none}/bin/mvn" \
        "${SDKMAN_DIR:-$HOME/.sdkman}/candidates/maven/current/bin/mvn" && ! system_mavens; then
        echo "coppice: Maven was not found; install it (https://maven.apache.org, 'apt install maven', 'brew install maven', 'sdk install maven')." >&2
        exit 1
    fi
    # Maven's own libraries still use sun.misc.Unsafe, which a JDK 25 would comment on at every start.
    MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}"
    export MAVEN_OPTS
}
