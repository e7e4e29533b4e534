using RealtimeCollab.OperationalTransform.Tests.Laws;
using Xunit.Runner.InProc.SystemConsole;

// `fuzz` checks the laws for as long as one likes; everything else is for the test runner, as in the entry point that xunit generates otherwise.
if (args is ["fuzz", .. var options])
    return Fuzz.Run(options);

return await ConsoleRunner.Run(args);
