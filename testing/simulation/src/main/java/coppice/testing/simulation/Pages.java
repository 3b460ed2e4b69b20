package coppice.testing.simulation;

import java.util.Arrays;

/// Bytes in pages that copies share until one of them writes. Pages of zeros take no room.
final class Pages {
    private static final int PAGE = 4096;
    private static final byte[] ZEROS = {};

    private byte[][] pages = new byte[0][];
    private boolean[] own = new boolean[0];
    private long size;

    Pages() {}

    private Pages(byte[][] pages, long size) {
        this.pages = pages;
        this.own = new boolean[pages.length];
        this.size = size;
    }

    long size() {
        return size;
    }

    /// The same bytes; neither sees what is written to the other afterwards.
    Pages copy() {
        Arrays.fill(own, false);
        return new Pages(pages.clone(), size);
    }

    int read(long position, byte[] into, int offset, int length) {
        int total = Math.clamp(size - position, 0, length);
        for (int done = 0; done < total; ) {
            int inPage = (int) ((position + done) % PAGE);
            int count = Math.min(total - done, PAGE - inPage);
            byte[] page = pages[(int) ((position + done) / PAGE)];
            if (page.length == 0) {
                Arrays.fill(into, offset + done, offset + done + count, (byte) 0);
            } else {
                System.arraycopy(page, inPage, into, offset + done, count);
            }
            done += count;
        }
        return total;
    }

    void write(long position, byte[] from, int offset, int length) {
        reach(position + length);
        for (int done = 0; done < length; ) {
            int inPage = (int) ((position + done) % PAGE);
            int count = Math.min(length - done, PAGE - inPage);
            System.arraycopy(from, offset + done, writable((int) ((position + done) / PAGE)), inPage, count);
            done += count;
        }
    }

    void zero(long position, long length) {
        reach(position + length);
        clear(position, position + length);
    }

    void truncate(long newSize) {
        if (newSize < size) {
            clear(newSize, size);
            size = newSize;
        } else {
            reach(newSize);
        }
    }

    private void clear(long from, long to) {
        for (long at = from; at < to; ) {
            int inPage = (int) (at % PAGE);
            int count = (int) Math.min(to - at, PAGE - inPage);
            int index = (int) (at / PAGE);
            if (count == PAGE) {
                pages[index] = ZEROS;
            } else if (pages[index].length > 0) {
                Arrays.fill(writable(index), inPage, inPage + count, (byte) 0);
            }
            at += count;
        }
    }

    private void reach(long end) {
        int needed = Math.toIntExact((end + PAGE - 1) / PAGE);
        if (needed > pages.length) {
            int room = Math.max(needed, 2 * pages.length + 8);
            int known = pages.length;
            pages = Arrays.copyOf(pages, room);
            Arrays.fill(pages, known, room, ZEROS);
            own = Arrays.copyOf(own, room);
        }
        size = Math.max(size, end);
    }

    private byte[] writable(int index) {
        byte[] page = pages[index];
        if (page.length == 0) {
            page = new byte[PAGE];
        } else if (!own[index]) {
            page = page.clone();
        }
        pages[index] = page;
        own[index] = true;
        return page;
    }
}
