package coppice.cli.command;

import coppice.api.Traffic;
import coppice.cli.render.Amounts;
import coppice.json.Json;

/// What moves between databases: a bar while it goes on, and how much it was at the end.
final class Transfer implements AutoCloseable {
    private final StageBar bar;

    Transfer(Task task) {
        this.bar = new StageBar(task.screen(), task.shell().nanos());
    }

    void moved(Traffic traffic) {
        bar.moved("moving", "commits", traffic.commits(), traffic.commitsInAll());
    }

    @Override
    public void close() {
        bar.close();
    }

    /// How much it was, and how fast.
    static String words(Traffic traffic) {
        return Amounts.count(traffic.chunks(), "chunk") + ", " + Amounts.bytes(traffic.bytes()) + " at "
                + Amounts.bytes((long) traffic.bytesPerSecond()) + "/s";
    }

    /// How much it was, as JSON.
    static Json.Obj document(Traffic traffic) {
        return Json.object(
                "commits", traffic.commits(),
                "chunks", traffic.chunks(),
                "bytes", traffic.bytes(),
                "millis", traffic.nanos() / 1_000_000);
    }
}
