using BotDispatch.Chat;
using BotDispatch.Dispatching;
using BotDispatch.Employees.File;
using BotDispatch.Hosting;
using BotDispatch.Slack;
using BotDispatch.Storage;
using BotDispatch.Teams;
using BotDispatch.Tickets.File;
using BotDispatch.Voice.Routee;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.Find() });
builder.AddDevelopment();                                           // the playground and a pretend Routee, never in Production
builder.AddHosting();
builder.Services.AddStorage().AddDispatching();                     // decide, commit, look after lanes
builder.Services.AddChat().AddEmployeesFile().AddTicketsFile();     // who asks, whom, for what
builder.Services.AddSlack().AddTeams();                             // the chats
builder.Services.AddRoutee();                                       // the telephone

var app = builder.Build();
app.MapHealth();
app.MapRoutee();
app.MapSlack();
app.MapTeams();
app.MapDevelopment();
return await app.RunToTheEndAsync();
