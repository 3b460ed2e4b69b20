import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.structure.Candidacy;
import coppice.api.structure.Dict;
import coppice.api.structure.Lease;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/// Two parts of a program, of which one at a time writes reports: when it goes, the other one takes over. Reports
/// of one who does not know yet that it is not the leader any more are refused.
///
/// Run it with the engine on the class path: `java -cp ... examples/LeaderElection.java DIRECTORY`. `DIRECTORY` is
/// made.
public final class LeaderElection {
    private final Database db;
    private final Dict<Long> terms;
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    private LeaderElection(Database db) {
        this.db = db;
        this.terms = db.dict("terms", Long.class);
    }

    public static void main(String[] arguments) throws Exception {
        try (Database db = Coppice.open(arguments[0])) {
            new LeaderElection(db).run();
        }
    }

    private void run() throws Exception {
        BlockingQueue<Lease> leases = new LinkedBlockingQueue<>();
        Candidacy first = stand("first", leases);
        System.out.println(told.take());
        Candidacy second = stand("second", leases);
        System.out.println("second leads, too: " + second.isLeader());
        first.close();
        System.out.println(told.take());
        System.out.println(told.take());
        System.out.println("first may report still: " + report(leases.take()));
        System.out.println("second may report: " + report(leases.take()));
        second.close();
        System.out.println(told.take());
        System.out.println("somebody leads: " + db.lock("reports").status().held().isPresent());
    }

    private Candidacy stand(String name, BlockingQueue<Lease> leases) {
        return db.leader("reports", lease -> {
            report(lease);
            leases.add(lease);
            told.add(name + " leads");
            try {
                new CountDownLatch(1).await(); // works until it is interrupted
            } finally {
                told.add(name + " goes");
            }
        });
    }

    /// Takes note of a report, unless there was one of a later leader.
    private boolean report(Lease lease) {
        Optional<Long> latest =
                terms.compute("reports", seen -> Optional.of(Math.max(seen.orElse(0L), lease.token())));
        return latest.orElseThrow() == lease.token();
    }
}
