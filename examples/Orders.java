import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.structure.Channel;
import coppice.api.structure.ChannelFeed;
import coppice.api.structure.ChannelHistory;
import coppice.api.structure.Delivery;
import coppice.api.structure.Message;
import coppice.api.structure.SubscriberOptions;
import coppice.api.structure.TypeRef;
import coppice.api.structure.WorkQueue;

/// Parts of a shop that know nothing of each other: one takes orders, one packs, one shows what happens. What must
/// not be lost is a job; what is only to be seen is a message.
///
/// Run it with the engine on the class path: `java -cp ... examples/Orders.java DIRECTORY`. `DIRECTORY` is made.
public final class Orders {
    /// What somebody wants.
    record Order(String who, String what) {}

    private final Database db;
    private final WorkQueue<Order> packing;
    private final Channel<Order> placed;
    private final Channel<Order> packed;

    private Orders(Database db) {
        this.db = db;
        this.packing = db.queue("packing", Order.class);
        this.placed = db.channel("orders.placed", Order.class);
        this.packed = db.channel("orders.packed", Order.class);
    }

    public static void main(String[] arguments) {
        try (Database db = Coppice.open(arguments[0])) {
            new Orders(db).run();
        }
    }

    private void run() {
        packed.keep(ChannelHistory.of(10));
        try (ChannelFeed<Order> display =
                db.channels().matching("orders.*", TypeRef.of(Order.class)).subscribe()) {
            place(new Order("ann", "a lamp"));
            place(new Order("bob", "a chair"));
            pack();
            place(new Order("cid", "a table"));
            pack();
            for (int i = 0; i < 5; i++) {
                show(display.next());
            }
        }
        System.out.println("to be packed: " + packing.peek().orElseThrow().value());
        try (ChannelFeed<Order> late =
                packed.subscribe(SubscriberOptions.defaults().withHistory())) {
            System.out.println("packed so far: " + late.waiting());
        }
    }

    private void place(Order order) {
        packing.put(order);
        placed.publish(order);
    }

    private void pack() {
        Delivery<Order> job = packing.get();
        packed.publish(job.value());
        packing.ack(job.receipt());
    }

    private static void show(Message<Order> message) {
        System.out.println(message.channel() + " " + message.value().what());
    }
}
