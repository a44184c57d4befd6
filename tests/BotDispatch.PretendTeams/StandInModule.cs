namespace BotDispatch.PretendTeams;

/// <summary>Puts the pretend Teams into an application: one Add, one Map.</summary>
public static class StandInModule
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddPretendTeams(StandInOptions options, TimeProvider clock) => services.AddSingleton(new TeamsStandIn(options, clock));
    }

    extension(WebApplication app)
    {
        /// <summary>Takes every request that nobody else does: the connector's, those for tokens and keys, and those that should never have come.</summary>
        public TeamsStandIn MapPretendTeams()
        {
            var teams = app.Services.GetRequiredService<TeamsStandIn>();
            app.MapFallback("/{**any}", teams.Door.AnswerAsync);
            return teams;
        }
    }
}
