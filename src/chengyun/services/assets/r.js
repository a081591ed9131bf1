// A little help for browsers that have it; every page works without.
(function () {
  'use strict'
  var form = document.querySelector('form[data-report]')
  if (!form) return
  var place = form.querySelector('[data-position]')
  if (place && navigator.geolocation && window.isSecureContext) {
    place.hidden = false
    place.addEventListener('click', function () {
      navigator.geolocation.getCurrentPosition(
        function (found) {
          form.elements.lng.value = found.coords.longitude
          form.elements.lat.value = found.coords.latitude
          say(place.dataset.taken)
        },
        function () { say(place.dataset.failed) },
        { enableHighAccuracy: true, timeout: 15000 }
      )
    })
  }
  function say(words) { form.querySelector('[data-said]').textContent = words }
  var photos = form.elements.photos
  var shown = form.querySelector('.previews')
  if (photos && shown && window.URL) {
    photos.addEventListener('change', function () {
      shown.textContent = ''
      Array.prototype.slice.call(photos.files, 0, 3).forEach(function (file) {
        var picture = document.createElement('img')
        picture.alt = file.name
        picture.src = URL.createObjectURL(file)
        shown.appendChild(picture)
      })
    })
  }
  form.addEventListener('submit', function () {
    var send = form.querySelector('button[type=submit]')
    send.disabled = true
    send.textContent = send.dataset.sending
  })
  window.addEventListener('pageshow', function () {
    var send = form.querySelector('button[type=submit]')
    send.disabled = false
  })
})()
