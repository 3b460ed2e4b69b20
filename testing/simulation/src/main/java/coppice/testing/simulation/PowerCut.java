package coppice.testing.simulation;

/// The power is gone: nothing more happens on this disk.
public final class PowerCut extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PowerCut(long change) {
        super("the power went at change " + change, null, false, false);
    }
}
