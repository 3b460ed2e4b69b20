package coppice.bench;

import coppice.bench.peer.Peer;
import coppice.bench.peer.Peers;
import java.nio.file.Path;
import java.util.List;

/// What a child process is asked to measure.
///
/// @param peer the store's name
/// @param records rows in it
/// @param seconds how long a timed loop runs
/// @param cacheBytes memory the store may cache with
/// @param idleSeconds how long [Task#DISK] lets the store tidy up
/// @param quietSeconds how long to wait at most for others on the machine to fall silent before a timed part
/// @param acknowledged the last batch that was acknowledged before the kill, for [Task#REOPEN_KILLED]
/// @param directory where the store is
record Trial(
        String peer,
        Task task,
        long records,
        double seconds,
        long cacheBytes,
        double idleSeconds,
        double quietSeconds,
        long acknowledged,
        Path directory) {

    static Trial parse(String[] words) {
        return new Trial(
                words[0],
                Task.valueOf(words[1]),
                Long.parseLong(words[2]),
                Double.parseDouble(words[3]),
                Long.parseLong(words[4]),
                Double.parseDouble(words[5]),
                Double.parseDouble(words[6]),
                Long.parseLong(words[7]),
                Path.of(words[8]));
    }

    List<String> words() {
        return List.of(
                peer,
                task.name(),
                Long.toString(records),
                Double.toString(seconds),
                Long.toString(cacheBytes),
                Double.toString(idleSeconds),
                Double.toString(quietSeconds),
                Long.toString(acknowledged),
                directory.toString());
    }

    /// The same with another number of rows, elsewhere.
    Trial with(long otherRecords, Path otherDirectory) {
        return new Trial(
                peer, task, otherRecords, seconds, cacheBytes, idleSeconds, quietSeconds, acknowledged, otherDirectory);
    }

    int rows() {
        return Math.toIntExact(records);
    }

    /// Opens the store in a directory below the trial's.
    Peer open(Path place) throws Exception {
        Peer store = Peers.named(peer);
        store.open(place, new Peer.Budget(records, cacheBytes));
        return store;
    }
}
