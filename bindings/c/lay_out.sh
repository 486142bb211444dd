# Sourced by `package`: puts what was built where programs look for it. Uses out, built, target, version, abi, tools.

filled() {
  sed -e "s/@VERSION@/$version/g" -e "s/@ABI@/$abi/g" -e "s/@STATIC_NEEDS@/$static_needs/g" "$1"
}

# What the static library needs of the system; the test of the package asks rustc and compares.
static_needs="-lgcc_s -lutil -lrt -lpthread -lm -ldl -lc"

lay_out_common() {
  mkdir -p "$out/include" "$out/share/doc/zeren"
  cp include/zeren.h "$out/include/"
  cp LICENSE-MIT LICENSE-APACHE "$out/share/doc/zeren/"
  filled "$here/README.md" >"$out/share/doc/zeren/README.md"
}

# $1: the shared library as shipped; $2: a line about what it asks of the system.
write_build() {
  {
    echo "zeren $version, ABI $abi, $target"
    echo "features: $(sed -n 's/^package = \[\(.*\)\]$/\1/p' Cargo.toml | tr -d '",')"
    echo "rustc: $("${RUSTC:-rustc}" -V)"
    echo "linked by: $linked_by"
    echo "$2"
    echo "shared library, stripped: $(wc -c <"$1") bytes"
  } >"$out/share/doc/zeren/BUILD"
}

lay_out_linux() {
  mkdir -p "$out/lib/pkgconfig" "$out/lib/cmake/zeren" "$out-debug/lib/debug"
  library=libzeren.so.$version
  [ "${version%%.*}" = "$abi" ] || library=libzeren.so.$abi.$version
  "$OBJCOPY" --only-keep-debug "$built/libzeren.so" "$out-debug/lib/debug/$library.debug"
  "$OBJCOPY" --strip-all --add-gnu-debuglink="$out-debug/lib/debug/$library.debug" \
    "$built/libzeren.so" "$out/lib/$library"
  chmod 755 "$out/lib/$library"
  chmod 644 "$out-debug/lib/debug/$library.debug"
  ln -s "$library" "$out/lib/libzeren.so.$abi"
  ln -s "libzeren.so.$abi" "$out/lib/libzeren.so"
  filled "$here/zeren.pc.in" >"$out/lib/pkgconfig/zeren.pc"
  if command -v "$LD" >/dev/null; then
    localise "$built/libzeren.a" include/symbols.txt "$out/lib/libzeren.a"
    filled "$here/zeren-static.pc.in" >"$out/lib/pkgconfig/zeren-static.pc"
  fi
  for file in zerenConfig.cmake zerenConfigVersion.cmake; do
    filled "$here/$file.in" >"$out/lib/cmake/zeren/$file"
  done
  needs=$(readelf -VW "$out/lib/$library" | grep -o 'GLIBC_[0-9.]*' | sort -Vu | tail -n 1)
  write_build "$out/lib/$library" "asks for: glibc ${needs#GLIBC_}"
  if [ -e "$out/lib/libzeren.a" ]; then
    echo "static library: $(wc -c <"$out/lib/libzeren.a") bytes" >>"$out/share/doc/zeren/BUILD"
  else
    echo "static library: none, no $LD here to hide the names of the standard library" >>"$out/share/doc/zeren/BUILD"
  fi
}

lay_out_windows() {
  mkdir -p "$out/bin" "$out/lib/cmake/zeren" "$out-debug"
  "$OBJCOPY" --only-keep-debug "$built/zeren.dll" "$out-debug/zeren.dll.debug"
  "$OBJCOPY" --strip-all --add-gnu-debuglink="$out-debug/zeren.dll.debug" "$built/zeren.dll" "$out/bin/zeren.dll"
  { echo "LIBRARY zeren.dll" && echo EXPORTS && sed 's/^/  /' include/symbols.txt; } >"$out/lib/zeren.def"
  "${tools}dlltool" -d "$out/lib/zeren.def" -l "$out/lib/libzeren.dll.a"
  for file in zerenConfig.cmake zerenConfigVersion.cmake; do
    filled "$here/$file.in" >"$out/lib/cmake/zeren/$file"
  done
  needs=$("${tools}objdump" -p "$out/bin/zeren.dll" | sed -n 's/.*DLL Name: //p' | sort -u | tr '\n' ' ')
  write_build "$out/bin/zeren.dll" "needs: $needs"
}
