package io.facteur.testing;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.Method;
import com.sun.jdi.StringReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Stops the thread of another JVM that enters a method, perhaps only with a certain text among its
 * arguments; all others go on. For moments that nothing outside the JVM could hold.
 */
public final class Breakpoint implements AutoCloseable {

  private final VirtualMachine vm;
  private final String argument;
  private final CompletableFuture<Void> reached = new CompletableFuture<>();

  /**
   * Stops from now on.
   *
   * @param className of a class that is loaded already
   * @param argument with which one of the method's text arguments ends; null: whatever they are
   */
  public Breakpoint(int debugPort, String className, String methodName, String argument)
      throws IOException {
    this.vm = attach(debugPort);
    this.argument = argument;
    Method method = vm.classesByName(className).get(0).methodsByName(methodName).get(0);
    BreakpointRequest request = vm.eventRequestManager().createBreakpointRequest(method.location());
    request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    request.enable();
    Thread listener = new Thread(this::listen, "breakpoint");
    listener.setDaemon(true);
    listener.start();
  }

  /** Waits until a thread stands there. */
  public void awaitReached(Duration patience) throws ExecutionException, TimeoutException {
    try {
      reached.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      vm.dispose();
    } catch (VMDisconnectedException killed) {
      // As intended.
    }
  }

  private static VirtualMachine attach(int port) throws IOException {
    AttachingConnector connector =
        Bootstrap.virtualMachineManager().attachingConnectors().stream()
            .filter(c -> c.name().equals("com.sun.jdi.SocketAttach"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    arguments.get("hostname").setValue("127.0.0.1");
    arguments.get("port").setValue(String.valueOf(port));
    try {
      return connector.attach(arguments);
    } catch (IllegalConnectorArgumentsException e) {
      throw new IllegalStateException(e);
    }
  }

  private void listen() {
    try {
      while (true) {
        EventSet events = vm.eventQueue().remove();
        boolean meant = false;
        for (Event event : events) {
          if (event instanceof BreakpointEvent hit && !reached.isDone() && isMeant(hit)) {
            meant = true;
            // Whoever comes there later goes on.
            hit.request().disable();
            reached.complete(null);
          }
        }
        if (!meant) {
          events.resume();
        }
      }
    } catch (VMDisconnectedException ended) {
      reached.completeExceptionally(ended);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IncompatibleThreadStateException e) {
      reached.completeExceptionally(e);
    }
  }

  private boolean isMeant(BreakpointEvent hit) throws IncompatibleThreadStateException {
    return argument == null
        || hit.thread().frame(0).getArgumentValues().stream()
            .anyMatch(
                value -> value instanceof StringReference text && text.value().endsWith(argument));
  }
}
