package zeren;

import com.sun.jna.NativeLibrary;
import java.io.File;
import java.net.URISyntaxException;
import java.security.CodeSource;

/**
 * Finds the shared library and refuses one that does not fit. Looked for in this order: the file that the system property
 * {@code zeren.library} names; a file beside the jar (or class folder) of this package; where the operating system looks.
 * Nothing is unpacked.
 */
final class Loader {
    /** {@code ZEREN_ABI_VERSION} of the header that this package was written for. */
    static final int ABI = 0;

    private Loader() {}

    static void load(Class<?> functions) {
        if (com.sun.jna.Native.POINTER_SIZE != 8) {
            throw new UnsatisfiedLinkError("zeren needs a 64-bit JVM; this one is " + System.getProperty("os.arch"));
        }
        String named = System.getProperty("zeren.library");
        File beside = named == null ? beside() : null;
        String name = named != null ? named : beside != null ? beside.getPath() : "zeren";
        if (named != null && !new File(named).isFile()) {
            throw new UnsatisfiedLinkError("no file " + named + ", which the system property zeren.library names");
        }
        NativeLibrary library;
        int abi;
        try {
            library = NativeLibrary.getInstance(named == null && beside == null ? name : new File(name).getAbsolutePath());
            abi = library.getFunction("zeren_abi_version").invokeInt(new Object[0]);
        } catch (UnsatisfiedLinkError error) {
            UnsatisfiedLinkError told = new UnsatisfiedLinkError("cannot load the zeren library " + name
                    + "; set the system property zeren.library to the file built for this machine ("
                    + System.getProperty("os.name") + ", " + System.getProperty("os.arch") + "): " + error.getMessage());
            told.initCause(error);
            throw told;
        }
        if (abi != ABI) {
            throw new UnsatisfiedLinkError(
                    name + " has ABI " + abi + ", this package needs ABI " + ABI + ": install matching versions");
        }
        com.sun.jna.Native.register(functions, library);
    }

    private static File beside() {
        CodeSource source = Loader.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return null;
        }
        try {
            File here = new File(source.getLocation().toURI());
            File folder = here.isDirectory() ? here : here.getParentFile();
            File library = new File(folder, System.mapLibraryName("zeren"));
            return library.isFile() ? library : null;
        } catch (URISyntaxException | IllegalArgumentException notAFile) {
            return null;
        }
    }
}
