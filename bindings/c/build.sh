# Sourced by `package`: builds the libraries of one target. Uses target, features, abi, tools; sets built and linked_by.

find_tools() {
  LD=${LD:-${tools}ld}
  AR=${AR:-${tools}ar}
  OBJCOPY=${OBJCOPY:-${tools}objcopy}
}

# No path of the machine that built it stands in what is shipped.
remapped() {
  separator=$(printf '\037')
  printf '%s' "--remap-path-prefix=$root=zeren${separator}--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo"
  printf '%s' "${separator}--remap-path-prefix=$("${RUSTC:-rustc}" --print sysroot)=rust"
}

# One call for both crate types keeps link-time optimisation and compiles once; what the manifest says is plain `lib`.
# Line tables go to the debug archive, so that a crash report of a user can be read.
compile() {
  CARGO_ENCODED_RUSTFLAGS=$(remapped) CARGO_INCREMENTAL=0 CARGO_PROFILE_RELEASE_DEBUG=line-tables-only CARGO_PROFILE_RELEASE_STRIP=none \
    "$@" >&2
}

has_zig() {
  command -v cargo-zigbuild >/dev/null && { command -v zig >/dev/null || python3 -m ziglang version >/dev/null 2>&1; }
}

build_linux() {
  built=$root/target/package/$target/release
  case $target in loongarch64-*) floor=2.36 ;; *) floor=2.17 ;; esac
  # Unloading a Rust library while a thread that used it lives can crash: it stays.
  set -- rustc --release --lib --features "$features" --target-dir "$root/target/package" ${CARGO_FLAGS:-} \
    --crate-type cdylib,staticlib
  link="-C link-arg=-Wl,-soname,libzeren.so.$abi -C link-arg=-Wl,-z,nodelete -C link-arg=-Wl,--build-id=sha1"
  if has_zig; then
    linked_by="zig, for glibc $floor"
    # shellcheck disable=SC2086 # the flags of the linker are words
    compile cargo-zigbuild "$@" --target "$target.$floor" -- $link
  else
    echo "no cargo-zigbuild and zig here: the library will ask for the glibc of this machine, not for $floor" >&2
    linked_by="$(${tools}cc --version | head -n 1), for the glibc of this machine"
    # shellcheck disable=SC2086
    compile cargo "$@" --target "$target" -- $link
  fi
}

build_windows() {
  built=$root/target/package/$target/release
  linked_by=$(${tools}gcc --version | head -n 1)
  # shellcheck disable=SC2086
  compile cargo rustc --release --lib --features "$features" --target-dir "$root/target/package" ${CARGO_FLAGS:-} \
    --crate-type cdylib --target "$target" -- -C link-arg=-static-libgcc
}

# The static library as one object that shows our names alone: two Rust libraries in one program would collide by those of
# the standard library. What our functions never reach goes, and so does the bitcode of the standard library.
# $1: the archive of cargo; $2: the list of our names; $3: where the library is written.
localise() {
  work=$root/target/package/$target/localise
  rm -rf "$work"
  mkdir -p "$work"
  # shellcheck disable=SC2046 # one flag a symbol
  "$LD" -r --gc-sections $(sed 's/^/-u /' "$2") --whole-archive "$1" -o "$work/all.o"
  "$OBJCOPY" --strip-debug --remove-section .llvmbc --remove-section .llvmcmd \
    --keep-global-symbols="$2" "$work/all.o" "$work/zeren.o"
  rm -f "$3"
  "$AR" crD "$3" "$work/zeren.o"
}
