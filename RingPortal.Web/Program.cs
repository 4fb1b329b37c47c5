using RingPortal.Web.Hosting;

return await PortalApplication.RunAsync(args);
