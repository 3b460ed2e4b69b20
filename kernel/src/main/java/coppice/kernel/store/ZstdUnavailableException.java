package coppice.kernel.store;

import org.jspecify.annotations.Nullable;

/// The native Zstandard library is needed, for writing because compression was asked for or for reading
/// because a stored chunk is compressed, and cannot be loaded on this machine.
public final class ZstdUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ZstdUnavailableException(String why, @Nullable Throwable cause) {
        super(
                why + ", but the native Zstandard library cannot be loaded (" + cause + "). Nothing was changed. Put"
                        + " com.github.luben:zstd-jni for this operating system and processor on the class path and"
                        + " allow native access; to write without it, open with no compression or with the option to"
                        + " fall back to raw chunks.",
                cause);
    }
}
